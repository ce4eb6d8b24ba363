// job_finish: ends a job whose claim still holds as done.
// $id     STRING
// $fence  INTEGER  as the claim has it
// $entry  STRING   JSON, this attempt for the log
// $done   INTEGER|NULL  steps done, null: as before
// $total  INTEGER|NULL  of so many, null: as before
// ->      state STRING (no row when the claim does not hold)
// door:   pentad worker
// try:    MATCH (j:Job {state: 'done'}) RETURN j.id, j.kind, j.log ORDER BY j.finished_at DESC LIMIT 20
MATCH (j:Job {id: $id})
WHERE j.state = 'running' AND j.fence = $fence
SET j.state = 'done', j.version = j.version + 1, j.finished_at = datetime.truncate('millisecond', datetime.statement()),
    j.done = coalesce($done, j.done), j.total = coalesce($total, j.total), j.log = (j.log + $entry)[-50..],
    j.held_key = CASE WHEN j.once THEN j.held_key END
REMOVE j.lease_until, j.wake_at, j.cause, j.error_class
RETURN j.state AS state
