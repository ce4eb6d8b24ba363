// jobs_woken: notes that workers were woken for these jobs, so that the sweep lets them rest.
// $ids   LIST<STRING>
// $rest  INTEGER  milliseconds until the sweep wakes them again if nobody took them
// ->     jobs INTEGER
// door:  pentad beat
// try:   MATCH (j:Job {state: 'queued'}) RETURN j.id, j.kind, j.wake_at ORDER BY j.wake_at
WITH datetime.truncate('millisecond', datetime.statement()) AS now
UNWIND $ids AS id
MATCH (j:Job {id: id})
WHERE j.state = 'queued'
SET j.wake_at = now + duration({milliseconds: $rest})
RETURN count(j) AS jobs
