// watches: what is watched, and what each watch told last.
// $limit   INTEGER  things told by each watch, at most
// ->       name STRING, sort STRING, paused BOOLEAN, told INTEGER, last LIST<MAP> of n, sort, at, told (JSON), delivery
// door:    GET /api/watches, GET /api/watches/{watch_id}, GET /api/watches/{watch_id}/firings
// try:     :params {limit: 5}
MATCH (w:Watch)
CALL (w) {
  MATCH (f:Firing)
  WHERE f.watch = w.id AND f.n IS NOT NULL
  OPTIONAL MATCH (j:Job {id: f.job})
  WITH f, j ORDER BY f.n DESC LIMIT $limit
  RETURN collect({n: f.n, sort: f.sort, at: toString(f.at), told: f.told, delivery: j.state}) AS last
}
RETURN w.name AS name, w.sort AS sort, w.paused AS paused, w.n AS told, last
ORDER BY told DESC, name
