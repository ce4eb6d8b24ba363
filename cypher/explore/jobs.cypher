// jobs: what is done in the background, newest first, and why something died.
// $limit   INTEGER  rows at most
// ->       kind STRING, state STRING, attempts INTEGER, asked STRING, finished STRING, cause STRING, id STRING
// door:    GET /api/jobs
// try:     :params {limit: 25}
MATCH (j:Job)
RETURN j.kind AS kind, j.state AS state, j.attempts AS attempts, toString(j.created_at) AS asked,
       toString(j.finished_at) AS finished, j.cause AS cause, j.id AS id
ORDER BY asked DESC, id LIMIT $limit
