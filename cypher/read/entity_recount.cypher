// entity_recount: live mentions of some entities counted anew, by W and role.
// $keys   LIST<STRING>  entity keys
// ->      key STRING, w STRING, role STRING, mentions INTEGER, first INTEGER, last INTEGER (epoch milliseconds)
// door:   new versions, splits, pentad check
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (n:Entity {key: key})
CALL (n) {
  WITH n MATCH ()-[m:WHO]->(x)
  USING INDEX SEEK m:WHO(kid, ts, id)
  WHERE m.kid = n.kid AND m.ts IS NOT NULL AND m.id IS NOT NULL AND x = n
  RETURN 'WHO' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  WITH n MATCH ()-[m:WHAT]->(x)
  USING INDEX SEEK m:WHAT(kid, ts, id)
  WHERE m.kid = n.kid AND m.ts IS NOT NULL AND m.id IS NOT NULL AND x = n
  RETURN 'WHAT' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  WITH n MATCH ()-[m:WHERE]->(x)
  USING INDEX SEEK m:WHERE(kid, ts, id)
  WHERE m.kid = n.kid AND m.ts IS NOT NULL AND m.id IS NOT NULL AND x = n
  RETURN 'WHERE' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  WITH n MATCH ()-[m:WHEN]->(x)
  USING INDEX SEEK m:WHEN(kid, ts, id)
  WHERE m.kid = n.kid AND m.ts IS NOT NULL AND m.id IS NOT NULL AND x = n
  RETURN 'WHEN' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  WITH n MATCH ()-[m:WHY]->(x)
  USING INDEX SEEK m:WHY(kid, ts, id)
  WHERE m.kid = n.kid AND m.ts IS NOT NULL AND m.id IS NOT NULL AND x = n
  RETURN 'WHY' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
}
RETURN n.key AS key, w, role, mentions, first, last
ORDER BY key, w, role
