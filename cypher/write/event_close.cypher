// event_close: keeps the former version of events and closes their edges of every kind, mentions out of the live indexes.
// $ids    LIST<STRING>  event ids
// $at     ZONED DATETIME  when the new version was recorded
// ->      alias STRING, entity STRING, w STRING, boarded BOOLEAN: one row a mention closed
// door:   every ingest of a changed event
// try:    MATCH (e:Event)-[:HAD_VERSION]->(v:EventVersion) RETURN e, v LIMIT 5
UNWIND $ids AS id
MATCH (e:Event {id: id})
CREATE (v:EventVersion)
SET v = properties(e), v.id = e.id + '#' + toString(e.version), v.event_id = e.id, v.closed_at = $at
CREATE (e)-[:HAD_VERSION]->(v)
WITH e
CALL (e) {
  MATCH (e)-[r:REPORTED_IN|CAUSED_BY|FOLLOWS|PART_OF]->()
  WHERE r.closed_at IS NULL
  SET r.closed_at = $at
}
MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x:Entity)
WHERE m.kid IS NOT NULL
SET m.closed_at = $at, m.closed_kid = m.kid, m.closed_aid = m.aid
REMOVE m.kid, m.aid
RETURN m.alias AS alias, x.key AS entity, type(m) AS w, coalesce(e.boarded, true) AS boarded
