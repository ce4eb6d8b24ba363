// audit: one record of the audit log, in the transaction that it tells of. Records are never changed nor deleted.
// $record  MAP  n, at, who, scope, via, what, target, request_id, change, effects, prev_hash, hash
// ->       n INTEGER
// door:    every request and command that changes something
// try:     MATCH (a:Audit) RETURN a ORDER BY a.n DESC LIMIT 5
CREATE (a:Audit)
SET a = $record
RETURN a.n AS n
