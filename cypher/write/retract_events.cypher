// retract_events: withdraws events: the version that stood is kept, its edges of every kind are closed, and what is left says nothing.
// $rows    LIST<MAP>  id, hash (of what is left)
// $id      STRING     id of the retraction
// $change  INTEGER    number of the batch
// $at      ZONED DATETIME  when
// ->       alias STRING, entity STRING, w STRING: one row a mention closed
// door:    POST /api/retractions
// try:     MATCH (e:Event)-[:HAD_VERSION]->(v) WHERE e.retracted IS NOT NULL RETURN e, v LIMIT 5
UNWIND $rows AS row
MATCH (e:Event {id: row.id})
CREATE (v:EventVersion)
SET v = properties(e), v.id = e.id + '#' + toString(e.version), v.event_id = e.id, v.closed_at = $at
CREATE (e)-[:HAD_VERSION]->(v)
SET e = {id: v.event_id, version: v.version + 1, given_version: v.given_version, content_hash: row.hash,
         hashes: v.hashes + row.hash, title: 'withdrawn', ts: v.ts, precision: v.precision,
         occurred_at: v.occurred_at, boarded: v.boarded, change: $change, recorded_at: $at, retracted: $id}
WITH e, v
CALL (e, v) {
  MATCH (e)-[r:REPORTED_IN|CAUSED_BY|FOLLOWS|PART_OF]->()
  WHERE r.closed_at IS NULL
  SET r.closed_at = $at, r.retracted = $id, r.of_hash = v.content_hash
}
CALL (e) {
  MATCH ()-[r:RELATED]->()
  USING INDEX SEEK r:RELATED(event)
  WHERE r.event = e.id AND r.closed_at IS NULL
  SET r.closed_at = $at, r.retracted = $id
}
CALL (e) {
  MATCH (p:EventProfile {key: e.id})
  DETACH DELETE p
}
MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x:Entity)
WHERE m.kid IS NOT NULL
SET m.closed_at = $at, m.closed_kid = m.kid, m.closed_aid = m.aid, m.retracted = $id
REMOVE m.kid, m.aid
RETURN m.alias AS alias, x.key AS entity, type(m) AS w
