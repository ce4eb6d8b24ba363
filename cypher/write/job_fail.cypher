// job_fail: ends one attempt of a claim that still holds: the job is tried again later, or is a dead letter.
// $id           STRING
// $fence        INTEGER  as the claim has it
// $entry        STRING   JSON, this attempt for the log
// $cause        STRING   why it failed, one line
// $error_class  STRING   name of the error
// $again        BOOLEAN  whether it goes back to its queue
// $delay        INTEGER  milliseconds until it may begin again
// ->            state STRING, kind STRING, payload STRING (JSON), at ZONED DATETIME (no row when the claim does not hold)
// door:         pentad worker
// try:          MATCH (j:Job {state: 'dead'}) RETURN j.id, j.kind, j.error_class, j.cause
WITH datetime.truncate('millisecond', datetime.statement()) AS now
MATCH (j:Job {id: $id})
WHERE j.state = 'running' AND j.fence = $fence
SET j.state = CASE WHEN $again THEN 'queued' ELSE 'dead' END, j.version = j.version + 1,
    j.cause = $cause, j.error_class = $error_class, j.log = (j.log + $entry)[-50..],
    j.not_before = CASE WHEN $again THEN now + duration({milliseconds: $delay}) ELSE j.not_before END,
    j.wake_at = CASE WHEN $again THEN now + duration({milliseconds: $delay}) END,
    j.finished_at = CASE WHEN $again THEN null ELSE now END,
    j.held_key = CASE WHEN $again OR j.once THEN j.held_key END
REMOVE j.lease_until
RETURN j.state AS state, j.kind AS kind, j.payload AS payload, now AS at
