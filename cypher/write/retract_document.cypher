// retract_document: withdraws a document: its reports and claims are closed, its names kept apart, nothing is made of it any more.
// $document  STRING
// $names     LIST<STRING>  the names that it says, each as JSON, to be told again by an undo
// $id        STRING     id of the retraction
// $change    INTEGER    number of the batch
// $at        ZONED DATETIME  when
// ->         closed INTEGER (claims)
// door:      POST /api/retractions
// try:       MATCH (d:Document) WHERE d.retracted IS NOT NULL RETURN d LIMIT 5
MATCH (d:Document {id: $document})
SET d.retracted = $id, d.change = $change, d.retracted_names = $names, d.retracted_ts = d.event_ts,
    d.retracted_state = d.state, d.state = CASE WHEN d.state IS NULL THEN NULL ELSE 'withdrawn' END
REMOVE d.event_ts
WITH d
CALL (d) {
  MATCH (e:Event)-[r:REPORTED_IN]->(d)
  WHERE r.closed_at IS NULL
  SET r.closed_at = $at, r.retracted = $id, r.of_hash = e.content_hash, e.change = $change
}
CALL (d) {
  MATCH (d)-[n:NAMES_ENTITY]->()
  DELETE n
}
CALL (d) {
  MATCH (d)-[:MAKES]->(c:Claim)
  WHERE c.closed_at IS NULL
  SET c.closed_at = $at, c.retracted = $id, c.change = $change
  RETURN count(c) AS closed
}
RETURN closed
