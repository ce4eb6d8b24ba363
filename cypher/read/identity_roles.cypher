// identity_roles: in which W's and roles some names are mentioned, wherever their edges lead.
// $keys   LIST<STRING>  alias keys
// ->      w STRING, role STRING, mentions INTEGER
// door:   GET /api/entities/{key}?identity_at=
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (a:Alias {key: key})
CALL (a) {
  MATCH ()-[m:WHO]->()
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 'WHO' AS w, coalesce(m.role, '') AS role, count(m) AS mentions
  UNION ALL
  MATCH ()-[m:WHAT]->()
  USING INDEX SEEK m:WHAT(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 'WHAT' AS w, coalesce(m.role, '') AS role, count(m) AS mentions
  UNION ALL
  MATCH ()-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 'WHERE' AS w, coalesce(m.role, '') AS role, count(m) AS mentions
  UNION ALL
  MATCH ()-[m:WHEN]->()
  USING INDEX SEEK m:WHEN(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 'WHEN' AS w, coalesce(m.role, '') AS role, count(m) AS mentions
  UNION ALL
  MATCH ()-[m:WHY]->()
  USING INDEX SEEK m:WHY(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 'WHY' AS w, coalesce(m.role, '') AS role, count(m) AS mentions
}
WITH w, role, sum(mentions) AS mentions
WHERE mentions > 0
RETURN w, role, mentions
ORDER BY mentions DESC, role, w
