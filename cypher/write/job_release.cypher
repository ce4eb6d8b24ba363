// job_release: gives a job whose claim still holds back to its queue without counting the attempt.
// $id     STRING
// $fence  INTEGER  as the claim has it
// $entry  STRING   JSON, this attempt for the log
// ->      state STRING (no row when the claim does not hold)
// door:   a worker that is asked to stop
// try:    MATCH (j:Job {state: 'queued'}) RETURN j.id, j.kind, j.attempts, j.wake_at
WITH datetime.truncate('millisecond', datetime.statement()) AS now
MATCH (j:Job {id: $id})
WHERE j.state = 'running' AND j.fence = $fence
SET j.state = 'queued', j.version = j.version + 1, j.attempts = j.attempts - 1, j.wake_at = now,
    j.log = (j.log + $entry)[-50..]
REMOVE j.lease_until
RETURN j.state AS state
