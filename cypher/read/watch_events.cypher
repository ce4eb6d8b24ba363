// watch_events: which of some events mention which of some entities, and whom already in an earlier version.
// $events  LIST<STRING>  event ids
// $keys    LIST<STRING>  entity keys
// ->       id STRING, title STRING, occurred_at ZONED DATETIME, entities LIST<STRING> (keys), again LIST<STRING> (those of them that a former version mentioned)
// door:    what follows the change feed for watches
// try:     :params {events: ['made-001'], keys: ['9f2c…']}
UNWIND $events AS id
MATCH (e:Event {id: id})-[m:WHO|WHAT|WHERE|WHEN|WHY]->(:Entity)
WHERE m.kid IS NOT NULL
// By its alias: the edge itself may still be on its way after a merge or split.
MATCH (:Alias {key: m.alias})-[:NAMES]->(x:Entity)
WHERE x.key IN $keys
WITH DISTINCT e, x, EXISTS {
  MATCH (e)-[c:WHO|WHAT|WHERE|WHEN|WHY]->(x)
  WHERE c.closed_at IS NOT NULL
} AS again
RETURN e.id AS id, e.title AS title, e.occurred_at AS occurred_at, collect(x.key) AS entities,
       collect(CASE WHEN again THEN x.key END) AS again
