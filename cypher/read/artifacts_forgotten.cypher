// artifacts_forgotten: pages that wait or are being read, whose job is over or never was.
// $limit  INTEGER  pages at most
// ->      id STRING, job MAP|NULL of state, error_class, cause
// door:   the sweep of pages
// try:    :params {limit: 100}
MATCH (d:Document)
WHERE d.state IN ['stub', 'extracting']
OPTIONAL MATCH (j:Job {id: d.job})
WITH d, j WHERE j IS NULL OR NOT j.state IN ['queued', 'running']
RETURN d.id AS id, j {.state, .error_class, .cause} AS job LIMIT $limit
