// jobs_claim: gives a queued job that may begin to one worker, and others like it that nobody tried yet along with it.
// $id      STRING
// $worker  STRING   who takes them
// $task    STRING   the message that woke the worker
// $lease   INTEGER  milliseconds until a job goes back unless its lease is extended
// $along   MAP      how many others may come along, by kind of the job
// $most    INTEGER  the largest of these numbers
// $look    INTEGER  queued jobs that are looked through for them, those to be woken soonest
// ->       jobs LIST<MAP> of all properties, the one of $id first (none when it is not to be had)
// door:    pentad worker
// try:     MATCH (j:Job {state: 'running'}) RETURN j.id, j.kind, j.worker, j.fence, j.lease_until
// It takes the gate itself, so that all is one message. The clock is read when the gate is held.
MATCH (g:Gate {name: 'gate'})
SET g.held = true
WITH g, datetime.truncate('millisecond', datetime.realtime()) AS now
OPTIONAL MATCH (first:Job {id: $id})
WHERE first.state = 'queued' AND first.not_before <= now
WITH now, first,
     CASE WHEN first.attempts = 0 AND size(first.log) = 0 THEN coalesce($along[first.kind], 0) ELSE 0 END AS more
CALL (now, first, more) {
  MATCH (j:Job)
  USING INDEX SEEK j:Job(state, wake_at)
  WHERE j.state = CASE WHEN more > 0 THEN 'queued' END AND j.wake_at IS NOT NULL
  WITH now, first, j ORDER BY j.state, j.wake_at LIMIT $look
  WHERE j.kind = first.kind AND j.queue = first.queue AND j.not_before <= now AND j.attempts = 0 AND size(j.log) = 0
    AND j <> first
  WITH j LIMIT $most
  RETURN collect(j) AS others
}
WITH now, [j IN [first] WHERE j IS NOT NULL] + others[..more] AS taken
FOREACH (j IN taken |
  SET j.along = CASE WHEN j.id <> $id THEN true END,
      j.state = 'running', j.fence = j.fence + 1, j.attempts = j.attempts + 1, j.version = j.version + 1,
      j.worker = $worker, j.task = $task, j.started_at = now, j.done = 0, j.total = 0,
      j.lease_until = now + duration({milliseconds: $lease}), j.wake_at = now + duration({milliseconds: $lease})
)
RETURN [j IN taken | j {.*}] AS jobs
