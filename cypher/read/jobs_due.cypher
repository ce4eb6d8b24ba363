// jobs_due: the server's time, queued jobs that nobody took in time, and whether leases have run out.
// $limit  INTEGER  jobs at most
// ->      now ZONED DATETIME, queued LIST<MAP> of id, queue, lost INTEGER (jobs of workers that fell silent)
// door:   pentad beat
// try:    :params {limit: 200}
WITH datetime.statement() AS now
OPTIONAL MATCH (j:Job)
WHERE j.state IN ['queued', 'running'] AND j.wake_at <= now
WITH now, j ORDER BY j.wake_at LIMIT $limit
WITH now, [found IN collect(j {.id, .queue, .state}) WHERE found.state IS NOT NULL] AS found
RETURN now, [one IN found WHERE one.state = 'queued' | one {.id, .queue}] AS queued,
       size([one IN found WHERE one.state = 'running']) AS lost
