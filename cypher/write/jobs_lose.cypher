// jobs_lose: takes jobs from workers whose leases ran out: they are tried again, or are dead letters.
// $rows  LIST<MAP>  of id STRING, fence INTEGER, entry STRING (JSON for the log), cause STRING, again BOOLEAN
// ->     jobs INTEGER, dead LIST<MAP> of kind STRING, payload STRING (JSON), at ZONED DATETIME
// door:  pentad beat
// try:   MATCH (j:Job {error_class: 'WorkerLost'}) RETURN j.id, j.kind, j.state, j.cause
WITH datetime.truncate('millisecond', datetime.statement()) AS now
UNWIND $rows AS row
MATCH (j:Job {id: row.id})
WHERE j.state = 'running' AND j.fence = row.fence
SET j.state = CASE WHEN row.again THEN 'queued' ELSE 'dead' END, j.version = j.version + 1,
    j.cause = row.cause, j.error_class = 'WorkerLost', j.log = (j.log + row.entry)[-50..],
    j.attempts = j.attempts - CASE WHEN j.along THEN 1 ELSE 0 END,
    j.wake_at = CASE WHEN row.again THEN now END, j.finished_at = CASE WHEN row.again THEN null ELSE now END,
    j.held_key = CASE WHEN row.again OR j.once THEN j.held_key END
REMOVE j.lease_until, j.along
RETURN count(j) AS jobs, [one IN collect(j {.state, .kind, .payload}) WHERE one.state = 'dead'] AS dead,
       datetime.truncate('millisecond', datetime.statement()) AS at
