// forming_support: the claims that support an event, and the pages that report it.
// $event      STRING        event id
// $claims     LIST<STRING>  ids of the claims
// $documents  LIST<STRING>  ids of the documents that make them
// $whole      BOOLEAN       no other claims support it, else none of these documents' other claims do
// $props      MAP           what is told of a formed event: claim_count, entity_count, languages, coherence, phase, scale …
// $change     INTEGER       number of the batch
// $at         ZONED DATETIME  when recorded
// ->          supported INTEGER
// door:       jobs of kind event and event-regroup
// try:        MATCH (c:Claim)-[:SUPPORTS]->(e:Event) RETURN c, e LIMIT 25
MATCH (e:Event {id: $event})
SET e += $props, e.change = $change
WITH e
CALL (e) {
  MATCH (c:Claim)-[s:SUPPORTS]->(e)
  WHERE NOT c.id IN $claims AND ($whole OR EXISTS { MATCH (d:Document)-[:MAKES]->(c) WHERE d.id IN $documents })
  SET c.change = $change
  DELETE s
}
CALL (e) {
  UNWIND $claims AS id
  MATCH (c:Claim {id: id})-[s:SUPPORTS]->(o:Event)
  WHERE o <> e
  SET c.change = $change
  DELETE s
}
CALL (e) {
  UNWIND $claims AS id
  MATCH (c:Claim {id: id})
  WHERE NOT EXISTS { (c)-[:SUPPORTS]->(e) }
  SET c.change = $change
  CREATE (c)-[:SUPPORTS {recorded_at: $at}]->(e)
}
CALL (e) {
  UNWIND $documents AS id
  MATCH (d:Document {id: id})
  WHERE NOT EXISTS { MATCH (e)-[r:REPORTED_IN]->(d) WHERE r.closed_at IS NULL }
  CREATE (e)-[:REPORTED_IN {recorded_at: $at}]->(d)
}
RETURN COUNT { (:Claim)-[:SUPPORTS]->(e) } AS supported
