// audit_after: records of the audit log in the order in which they were written.
// $after  INTEGER  number of the last one that was read, 0 at the start
// $limit  INTEGER  rows at most
// ->      record MAP
// door:   pentad audit verify, pentad audit export, GET /api/audit/verify
// try:    :params {after: 0, limit: 20}
MATCH (a:Audit)
WHERE a.n > $after
RETURN properties(a) AS record
ORDER BY a.n
LIMIT $limit
