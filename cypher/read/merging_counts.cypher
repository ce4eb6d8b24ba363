// merging_counts: live mentions of some entities counted by their names, wherever the edges still lead, by W and role.
// $keys   LIST<STRING>  entity keys
// ->      key STRING, w STRING, role STRING, mentions INTEGER, first INTEGER, last INTEGER (epoch milliseconds)
// door:   merge, split, reviews, pentad dedupe
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (:Entity {key: key})<-[:NAMES]-(a:Alias)
CALL (a) {
  MATCH ()-[m:WHO]->()
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 'WHO' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  MATCH ()-[m:WHAT]->()
  USING INDEX SEEK m:WHAT(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 'WHAT' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  MATCH ()-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 'WHERE' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  MATCH ()-[m:WHEN]->()
  USING INDEX SEEK m:WHEN(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 'WHEN' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  MATCH ()-[m:WHY]->()
  USING INDEX SEEK m:WHY(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 'WHY' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
}
RETURN key, w, role, sum(mentions) AS mentions, min(first) AS first, max(last) AS last
ORDER BY key, w, role
