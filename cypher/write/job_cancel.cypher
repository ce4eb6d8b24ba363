// job_cancel: ends a job that is not done: what its worker still writes is refused.
// $id  STRING
// ->   job MAP (no row when it is over already, dead letters apart)
// door: pentad jobs cancel
// try: MATCH (j:Job {state: 'cancelled'}) RETURN j.id, j.kind
MATCH (j:Job {id: $id})
WHERE j.state IN ['queued', 'running', 'dead']
SET j.state = 'cancelled', j.version = j.version + 1, j.held_key = CASE WHEN j.once THEN j.held_key END,
    j.finished_at = datetime.truncate('millisecond', datetime.statement())
REMOVE j.lease_until, j.wake_at
RETURN j {.*} AS job
