// claims_close: closes the claims that a document does not make any more, and takes back the names it had.
// $document  STRING        document id
// $kept      LIST<STRING>  ids of the claims that stay
// $change    INTEGER       number of the batch
// $at        ZONED DATETIME  when recorded
// ->         closed INTEGER
// door:      jobs of kind semantic
// try:       MATCH (c:Claim) WHERE c.closed_at IS NOT NULL RETURN c LIMIT 25
MATCH (d:Document {id: $document})
CALL (d) {
  MATCH (d)-[old:NAMES_ENTITY]->()
  DELETE old
}
CALL (d) {
  MATCH (d)-[:MAKES]->(c:Claim)
  WHERE c.closed_at IS NULL AND NOT c.id IN $kept
  SET c.closed_at = $at, c.change = $change
  RETURN count(c) AS closed
}
RETURN closed
