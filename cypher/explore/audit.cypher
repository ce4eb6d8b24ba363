// audit: who changed what of late, the last first, as a table.
// $limit  INTEGER  rows at most
// ->      n INTEGER, at STRING, who STRING, what STRING, target STRING, change INTEGER
// door:   GET /api/audit, GET /api/audit/head, GET /api/audit/verify
// try:    :params {limit: 25}
MATCH (a:Audit)
RETURN a.n AS n, a.at AS at, a.who AS who, a.what AS what, a.target AS target, a.change AS change
ORDER BY a.n DESC
LIMIT $limit
