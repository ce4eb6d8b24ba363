// related_check: a page of entities with the relationships that leave them, checked end by end.
// $after  STRING   key of the last entity of the page before, empty at first
// $limit  INTEGER  entities at most
// ->      key STRING, astray INTEGER (edges of which an alias names another entity than the one at that end),
//         unfounded INTEGER (live edges of which an end is no live mention of the event on that alias)
// door:   pentad check
// try:    :params {after: '', limit: 10}
MATCH (x:Entity)
WHERE x.key > $after
WITH x ORDER BY x.key LIMIT $limit
CALL (x) {
  OPTIONAL MATCH (x)-[r:RELATED]->(o:Entity)
  WITH x, o, r WHERE r IS NOT NULL
  RETURN sum(CASE WHEN EXISTS { (:Alias {key: r.salias})-[:NAMES]->(x) }
                   AND EXISTS { (:Alias {key: r.oalias})-[:NAMES]->(o) } THEN 0 ELSE 1 END) AS astray,
         sum(CASE WHEN r.closed_at IS NOT NULL OR r.event IS NULL
                    OR EXISTS { MATCH (:Event {id: r.event})-[m:WHO|WHERE {id: r.subject}]->(x)
                                WHERE m.kid IS NOT NULL AND m.alias = r.salias }
                   AND EXISTS { MATCH (:Event {id: r.event})-[m:WHO|WHERE {id: r.object}]->(o)
                                WHERE m.kid IS NOT NULL AND m.alias = r.oalias } THEN 0 ELSE 1 END) AS unfounded
}
RETURN x.key AS key, astray, unfounded
