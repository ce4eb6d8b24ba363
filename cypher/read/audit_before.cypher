// audit_before: records of the audit log, the last first.
// $before  INTEGER  only those with smaller numbers
// $limit   INTEGER  rows at most
// ->       record MAP
// door:    GET /api/audit, pentad audit list
// try:     :params {before: 9007199254740991, limit: 20}
MATCH (a:Audit)
WHERE a.n < $before
RETURN properties(a) AS record
ORDER BY a.n DESC
LIMIT $limit
