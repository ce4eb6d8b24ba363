// job_heartbeat: extends the lease of a claim that still holds, and tells how far the job is.
// $id     STRING
// $fence  INTEGER  as the claim has it
// $lease  INTEGER  milliseconds from now
// $done   INTEGER|NULL  steps done, null: as before
// $total  INTEGER|NULL  of so many, null: as before
// ->      version INTEGER (no row when the claim does not hold)
// door:   pentad worker
// try:    MATCH (j:Job {state: 'running'}) RETURN j.id, j.done, j.total, j.lease_until
WITH datetime.truncate('millisecond', datetime.statement()) AS now
MATCH (j:Job {id: $id})
WHERE j.state = 'running' AND j.fence = $fence
SET j.version = j.version + CASE WHEN $done IS NULL AND $total IS NULL THEN 0 ELSE 1 END,
    j.done = coalesce($done, j.done), j.total = coalesce($total, j.total),
    j.lease_until = now + duration({milliseconds: $lease}), j.wake_at = now + duration({milliseconds: $lease})
RETURN j.version AS version
