// jobs_end: ends attempts whose claims still hold: done, to be tried again, dead letters, or given back uncounted.
// $rows  LIST<MAP>  of id STRING, fence INTEGER as the claim has it, end STRING (done, retry, dead or released), entry
//                   STRING (JSON, the attempt for the log), cause, error_class STRING|NULL (of one that failed), delay
//                   INTEGER (milliseconds until it may begin again), done, total INTEGER|NULL (steps, null: as before)
// ->     ended LIST<MAP> of id, state, and of dead letters kind, payload STRING (JSON), at ZONED DATETIME
// door:  pentad worker
// try:   MATCH (j:Job) WHERE j.state IN ['done', 'dead'] RETURN j.id, j.log ORDER BY j.finished_at DESC LIMIT 20
// It takes the gate itself, so that all is one message. The clock is read when the gate is held.
MATCH (g:Gate {name: 'gate'})
SET g.held = true
WITH datetime.truncate('millisecond', datetime.realtime()) AS now
UNWIND $rows AS row
OPTIONAL MATCH (j:Job {id: row.id})
WHERE j.state = 'running' AND j.fence = row.fence
WITH now, row, j, row.end IN ['retry', 'released'] AS again
SET j.state = CASE WHEN again THEN 'queued' ELSE row.end END, j.version = j.version + 1,
    j.log = (j.log + row.entry)[-50..], j.attempts = j.attempts - CASE row.end WHEN 'released' THEN 1 ELSE 0 END,
    j.cause = CASE row.end WHEN 'released' THEN j.cause ELSE row.cause END,
    j.error_class = CASE row.end WHEN 'released' THEN j.error_class ELSE row.error_class END,
    j.not_before = CASE row.end WHEN 'retry' THEN now + duration({milliseconds: row.delay}) ELSE j.not_before END,
    j.wake_at = CASE WHEN again THEN now + duration({milliseconds: row.delay}) END,
    j.finished_at = CASE WHEN again THEN null ELSE now END,
    j.held_key = CASE WHEN again OR j.once THEN j.held_key END,
    j.done = coalesce(row.done, j.done), j.total = coalesce(row.total, j.total)
REMOVE j.lease_until, j.along
RETURN collect(CASE row.end WHEN 'dead' THEN j {.id, .state, .kind, .payload} ELSE j {.id, .state} END) AS ended,
       now AS at
