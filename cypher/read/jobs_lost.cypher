// jobs_lost: running jobs whose lease has run out.
// $limit  INTEGER  jobs at most
// ->      now ZONED DATETIME, jobs LIST<MAP> of id, fence, attempts, along BOOLEAN|NULL, worker, task, started_at
// door:   pentad beat
// try:    :params {limit: 200}
WITH datetime.statement() AS now
OPTIONAL MATCH (j:Job)
WHERE j.state = 'running' AND j.wake_at <= now
WITH now, j LIMIT $limit
WITH now, collect(j {.id, .fence, .attempts, .along, .worker, .task, .started_at}) AS found
RETURN now, [one IN found WHERE one.id IS NOT NULL] AS jobs
