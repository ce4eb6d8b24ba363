// job_retry: puts a job that ended without being done back in its queue, with all its attempts before it.
// $id    STRING
// $rest  INTEGER  milliseconds until the sweep wakes it, in case the asker did not
// ->     job MAP (no row when it did not end so, or when another live job holds its key)
// door:  POST /api/jobs/{id}/retry
// try:   MATCH (j:Job) WHERE j.state IN ['dead', 'cancelled'] RETURN j.id, j.kind, j.cause
WITH datetime.truncate('millisecond', datetime.statement()) AS now
MATCH (j:Job {id: $id})
WHERE j.state IN ['dead', 'cancelled'] AND NOT EXISTS { MATCH (o:Job {held_key: j.key}) WHERE o <> j }
SET j.state = 'queued', j.held_key = j.key, j.version = j.version + 1, j.attempts = 0, j.not_before = now,
    j.wake_at = now + duration({milliseconds: $rest})
REMOVE j.finished_at
RETURN j {.*} AS job
