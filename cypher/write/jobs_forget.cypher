// jobs_forget: drops jobs that are over for longer than anybody asks for them.
// $days   INTEGER  kept for so many days after their end
// $limit  INTEGER  jobs at most
// ->      jobs INTEGER
// door:   the purge
// try:    MATCH (j:Job) RETURN j.state, count(*), min(j.created_at)
WITH datetime.statement() - duration({days: $days}) AS past
MATCH (j:Job)
WHERE j.state IN ['done', 'dead', 'cancelled'] AND j.created_at < past AND j.finished_at < past
WITH j LIMIT $limit
DETACH DELETE j
RETURN count(*) AS jobs
