// watch_firings: what a watch told after a number, in order, and how each delivery stands.
// $id     STRING        id of the watch
// $after  INTEGER       the last number that is known
// $state  STRING|NULL   only those whose delivery is in this state
// $limit  INTEGER       rows at most
// ->      id STRING, n INTEGER, sort STRING, change INTEGER, told STRING (JSON), at ZONED DATETIME, job STRING, state STRING (of its delivery, or NULL), attempts INTEGER, cause STRING
// door:   GET /api/watches/{watch_id}/firings, GET /api/watches/{watch_id}/events
// try:    :params {id: '9f2c…', after: 0, state: null, limit: 20}
MATCH (f:Firing)
WHERE f.watch = $id AND f.n > $after
OPTIONAL MATCH (j:Job {id: f.job})
WITH f, j
WHERE $state IS NULL OR j.state = $state
RETURN f.id AS id, f.n AS n, f.sort AS sort, f.change AS change, f.told AS told, f.at AS at, f.job AS job,
       j.state AS state, j.attempts AS attempts, j.cause AS cause
ORDER BY f.watch, f.n LIMIT $limit
