// forming_matches: events of others near a time that mention some entities, with all that these events name.
// $keys   LIST<STRING>  entity keys
// $since  INTEGER   epoch milliseconds
// $until  INTEGER   epoch milliseconds
// $limit  INTEGER   events at most, most shared entities first
// ->      id, title, text STRING, ts INTEGER, confidence FLOAT, entities, places LIST<STRING> (keys)
// door:   jobs of kind event and event-regroup
// try:    :params {keys: ['9f2c…'], since: 0, until: 4102444800000, limit: 5}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
CALL (x) {
  MATCH (e:Event)-[m:WHO]->(o)
  USING INDEX SEEK m:WHO(kid, ts, id)
  WHERE m.kid = x.kid AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL AND o = x
  RETURN e
  UNION
  MATCH (e:Event)-[m:WHERE]->(o)
  USING INDEX SEEK m:WHERE(kid, ts, id)
  WHERE m.kid = x.kid AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL AND o = x
  RETURN e
}
WITH e, count(DISTINCT x) AS shared
WHERE shared > 1 AND NOT e.id STARTS WITH 'formed-'
WITH e, shared ORDER BY shared DESC, e.id LIMIT $limit
RETURN e.id AS id, e.title AS title, e.text AS text, e.ts AS ts, e.confidence AS confidence,
       COLLECT { MATCH (e)-[m:WHO|WHERE]->(o:Entity) WHERE m.kid IS NOT NULL RETURN DISTINCT o.key } AS entities,
       COLLECT { MATCH (e)-[m:WHERE]->(o:Entity) WHERE m.kid IS NOT NULL RETURN DISTINCT o.key } AS places
