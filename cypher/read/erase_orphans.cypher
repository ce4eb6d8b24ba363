// erase_orphans: of some names those that no event, claim or document speaks of any more, with their entity.
// $keys   LIST<STRING>  alias keys
// ->      key, entity STRING
// door:   POST /api/retractions with erase
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (a:Alias {key: key})-[:NAMES]->(x:Entity)
CALL (a) {
  MATCH ()-[m:WHO]->() USING INDEX SEEK m:WHO(aid, ts) WHERE m.aid = a.aid AND m.ts IS NOT NULL RETURN count(m) AS n
  UNION ALL
  MATCH ()-[m:WHO]->() USING INDEX SEEK m:WHO(closed_aid, ts) WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL RETURN count(m) AS n
  UNION ALL
  MATCH ()-[m:WHAT]->() USING INDEX SEEK m:WHAT(aid, ts) WHERE m.aid = a.aid AND m.ts IS NOT NULL RETURN count(m) AS n
  UNION ALL
  MATCH ()-[m:WHAT]->() USING INDEX SEEK m:WHAT(closed_aid, ts) WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL RETURN count(m) AS n
  UNION ALL
  MATCH ()-[m:WHERE]->() USING INDEX SEEK m:WHERE(aid, ts) WHERE m.aid = a.aid AND m.ts IS NOT NULL RETURN count(m) AS n
  UNION ALL
  MATCH ()-[m:WHERE]->() USING INDEX SEEK m:WHERE(closed_aid, ts) WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL RETURN count(m) AS n
  UNION ALL
  MATCH ()-[m:WHEN]->() USING INDEX SEEK m:WHEN(aid, ts) WHERE m.aid = a.aid AND m.ts IS NOT NULL RETURN count(m) AS n
  UNION ALL
  MATCH ()-[m:WHEN]->() USING INDEX SEEK m:WHEN(closed_aid, ts) WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL RETURN count(m) AS n
  UNION ALL
  MATCH ()-[m:WHY]->() USING INDEX SEEK m:WHY(aid, ts) WHERE m.aid = a.aid AND m.ts IS NOT NULL RETURN count(m) AS n
  UNION ALL
  MATCH ()-[m:WHY]->() USING INDEX SEEK m:WHY(closed_aid, ts) WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL RETURN count(m) AS n
}
WITH a, x, sum(n) AS mentions
WHERE mentions = 0
  AND NOT EXISTS { MATCH ()-[r:ABOUT {alias: a.key}]->() }
  AND NOT EXISTS { MATCH ()-[r:NAMES_ENTITY {alias: a.key}]->() }
  AND NOT EXISTS { MATCH ()-[r:RELATED {salias: a.key}]->() }
  AND NOT EXISTS { MATCH ()-[r:RELATED {oalias: a.key}]->() }
RETURN a.key AS key, x.key AS entity
ORDER BY key
