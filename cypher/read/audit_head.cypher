// audit_head: the last record of the audit log, and the number of the last change.
// ->     n INTEGER|NULL, hash STRING|NULL, at STRING|NULL, change INTEGER
// door:  every write of a request or command, GET /api/audit/head, pentad audit
// try:   MATCH (a:Audit) RETURN max(a.n)
MATCH (g:Gate {name: 'gate'})
OPTIONAL CALL () {
  MATCH (a:Audit)
  WHERE a.n > 0
  RETURN a ORDER BY a.n DESC LIMIT 1
}
RETURN a.n AS n, a.hash AS hash, a.at AS at, g.change AS change
