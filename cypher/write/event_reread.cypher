// event_reread: closes the mentions of events that are read anew in the version they have, out of the live indexes.
// $ids     LIST<STRING>  event ids
// $at      ZONED DATETIME  when they were read anew
// $change  INTEGER       change number of the batch
// ->      alias STRING, entity STRING, w STRING, boarded BOOLEAN: one row a mention closed
// door:   pentad extract-entities
// try:    MATCH (e:Event)-[m:WHO]->(x:Entity) WHERE m.closed_at IS NOT NULL RETURN e, m, x LIMIT 5
UNWIND $ids AS id
MATCH (e:Event {id: id})
SET e.change = $change
WITH e
MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x:Entity)
WHERE m.kid IS NOT NULL
SET m.closed_at = $at, m.closed_kid = m.kid, m.closed_aid = m.aid
REMOVE m.kid, m.aid
RETURN m.alias AS alias, x.key AS entity, type(m) AS w, coalesce(e.boarded, true) AS boarded
