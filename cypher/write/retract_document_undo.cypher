// retract_document_undo: a withdrawn document stands again, with its claims, its names, and its reports of events that were not told anew since.
// $document  STRING
// $names     LIST<MAP>  properties of the names that it says
// $id        STRING     id of the retraction
// $change    INTEGER    number of the batch
// $at        ZONED DATETIME  when
// ->         claims INTEGER
// door:      DELETE /api/retractions/{id}
// try:       MATCH (d:Document)-[:MAKES]->(c:Claim) RETURN d, c LIMIT 5
MATCH (d:Document {id: $document, retracted: $id})
SET d.state = d.retracted_state, d.event_ts = d.retracted_ts, d.change = $change
REMOVE d.retracted, d.retracted_state, d.retracted_ts, d.retracted_names
WITH d
CALL (d) {
  MATCH (e:Event)-[r:REPORTED_IN]->(d)
  WHERE r.retracted = $id AND r.of_hash = e.content_hash
  CREATE (e)-[n:REPORTED_IN]->(d)
  SET n.recorded_at = $at, e.change = $change
  REMOVE r.retracted
}
CALL (d) {
  UNWIND $names AS props
  MATCH (:Alias {key: props.alias})-[:NAMES]->(x:Entity)
  CREATE (d)-[n:NAMES_ENTITY]->(x)
  SET n = props, n.recorded_at = $at
}
CALL (d) {
  MATCH (d)-[:MAKES]->(c:Claim)
  WHERE c.retracted = $id
  SET c.change = $change
  REMOVE c.closed_at, c.retracted
  RETURN count(c) AS claims
}
RETURN claims
