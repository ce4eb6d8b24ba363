// retract_events_undo: tells withdrawn events again: a new version of what stood, with new edges of every kind.
// $ids     LIST<STRING>  event ids
// $id      STRING        id of the retraction
// $change  INTEGER       number of the batch
// $at      ZONED DATETIME  when
// ->       alias STRING, entity STRING, w STRING: one row a mention told
// door:    DELETE /api/retractions/{id}
// try:     MATCH (e:Event)-[:HAD_VERSION]->(v) WHERE v.retracted IS NOT NULL RETURN e, v LIMIT 5
UNWIND $ids AS key
MATCH (e:Event {id: key, retracted: $id})
MATCH (e)-[:HAD_VERSION]->(old:EventVersion {id: e.id + '#' + toString(e.version - 1)})
CREATE (v:EventVersion)
SET v = properties(e), v.id = e.id + '#' + toString(e.version), v.event_id = e.id, v.closed_at = $at
CREATE (e)-[:HAD_VERSION]->(v)
SET e = properties(old), e.id = v.event_id, e.version = v.version + 1, e.hashes = v.hashes, e.recorded_at = $at,
    e.change = $change
REMOVE e.event_id, e.closed_at
WITH e, old
CALL (e, old) {
  MATCH (e)-[r:REPORTED_IN|CAUSED_BY|FOLLOWS|PART_OF]->(o)
  WHERE r.of_hash = old.content_hash AND (r.retracted = $id OR r.retracted IS NOT NULL AND o:Document AND o.retracted IS NULL)
  CREATE (e)-[n:$(type(r))]->(o)
  SET n = properties(r), n.recorded_at = $at
  REMOVE n.closed_at, n.retracted, n.of_hash, r.retracted
}
CALL (e) {
  MATCH (s:Entity)-[r:RELATED]->(o:Entity)
  USING INDEX SEEK r:RELATED(event)
  WHERE r.event = e.id AND r.retracted = $id
  CREATE (s)-[n:RELATED]->(o)
  SET n = properties(r), n.recorded_at = $at
  REMOVE n.closed_at, n.retracted, r.retracted
}
MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x:Entity)
WHERE m.retracted = $id
CREATE (e)-[n:$(type(m))]->(x)
SET n = properties(m), n.kid = m.closed_kid, n.aid = m.closed_aid, n.recorded_at = $at
REMOVE n.closed_at, n.closed_kid, n.closed_aid, n.retracted, m.retracted
RETURN n.alias AS alias, x.key AS entity, type(n) AS w
