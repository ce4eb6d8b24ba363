// job_ask: puts a job in its queue, unless one holds its key, or it is to be alone and one of its kind is live.
// $id       STRING   id of the new job
// $key      STRING   what makes it one job however often it is asked for
// $kind     STRING   what is to be done
// $queue    STRING   urgent, normal, long or upkeep
// $payload  STRING   JSON object, what the kind wants to know
// $delay    INTEGER  milliseconds until it may begin
// $rest     INTEGER  milliseconds after that until the sweep wakes it, in case the asker did not
// $once     BOOLEAN  the key stays held when the job is over
// $alone    BOOLEAN  not beside a live job of its kind
// ->        job MAP (the new one, or the one that stands in its way), asked BOOLEAN
// door:     the schedules and whoever asks for work
// try:      MATCH (j:Job) RETURN j ORDER BY j.created_at DESC LIMIT 20
OPTIONAL MATCH (held:Job {held_key: $key})
OPTIONAL MATCH (live:Job)
WHERE $alone AND live.state IN ['queued', 'running'] AND live.kind = $kind
WITH coalesce(held, live) AS there, datetime.truncate('millisecond', datetime.statement()) AS now
LIMIT 1
FOREACH (new IN CASE WHEN there IS NULL THEN [$id] ELSE [] END |
  CREATE (:Job {id: new, key: $key, held_key: $key, kind: $kind, queue: $queue, payload: $payload, once: $once,
                state: 'queued', attempts: 0, fence: 0, version: 1, done: 0, total: 0, log: [], created_at: now,
                not_before: now + duration({milliseconds: $delay}),
                wake_at: now + duration({milliseconds: $delay + $rest})})
)
WITH there
MATCH (j:Job {id: coalesce(there.id, $id)})
RETURN j {.*} AS job, there IS NULL AS asked
