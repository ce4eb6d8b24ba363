// alias_recount: live mentions of some aliases counted anew.
// $keys   LIST<STRING>  alias keys
// ->      key STRING, mentions INTEGER, first INTEGER|NULL, last INTEGER|NULL (epoch milliseconds)
// door:   new versions, splits, pentad check
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (n:Alias {key: key})
CALL (n) {
  WITH n MATCH ()-[m:WHO]->(x)
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = n.aid AND m.ts IS NOT NULL AND m.alias = n.key
  RETURN count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  WITH n MATCH ()-[m:WHAT]->(x)
  USING INDEX SEEK m:WHAT(aid, ts)
  WHERE m.aid = n.aid AND m.ts IS NOT NULL AND m.alias = n.key
  RETURN count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  WITH n MATCH ()-[m:WHERE]->(x)
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = n.aid AND m.ts IS NOT NULL AND m.alias = n.key
  RETURN count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  WITH n MATCH ()-[m:WHEN]->(x)
  USING INDEX SEEK m:WHEN(aid, ts)
  WHERE m.aid = n.aid AND m.ts IS NOT NULL AND m.alias = n.key
  RETURN count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  WITH n MATCH ()-[m:WHY]->(x)
  USING INDEX SEEK m:WHY(aid, ts)
  WHERE m.aid = n.aid AND m.ts IS NOT NULL AND m.alias = n.key
  RETURN count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
}
RETURN n.key AS key, sum(mentions) AS mentions, min(first) AS first, max(last) AS last
