// job_claim: gives a queued job that may begin to one worker, under a new fence and a lease by the server's clock.
// $id      STRING
// $worker  STRING   who takes it
// $task    STRING   the message that woke the worker
// $lease   INTEGER  milliseconds until the job goes back unless the lease is extended
// ->       job MAP (no row when it is not to be had)
// door:    pentad worker
// try:     MATCH (j:Job {state: 'running'}) RETURN j.id, j.kind, j.worker, j.fence, j.lease_until
WITH datetime.truncate('millisecond', datetime.statement()) AS now
MATCH (j:Job {id: $id})
WHERE j.state = 'queued' AND j.not_before <= now
SET j.state = 'running', j.fence = j.fence + 1, j.attempts = j.attempts + 1, j.version = j.version + 1,
    j.worker = $worker, j.task = $task, j.started_at = now, j.done = 0, j.total = 0,
    j.lease_until = now + duration({milliseconds: $lease}), j.wake_at = now + duration({milliseconds: $lease})
RETURN j {.*} AS job
