// artifact_settle: how the reading of a page ended: what was found in it, or why it was not read.
// $id        STRING
// $props     MAP             state and whatever else is known
// $title     STRING|NULL     kept only where the document has none
// $change    INTEGER         the number that the batch takes
// $source    MAP|NULL        id, name: its publisher, where it has none
// ->         id STRING
// door:      pentad worker
// try:       MATCH (d:Document) WHERE d.state IS NOT NULL RETURN d.state, d.error_type, count(*)
MATCH (d:Document {id: $id})
REMOVE d.raw, d.error_type, d.reason
SET d += $props, d.title = coalesce(d.title, $title), d.change = $change
WITH d
CALL (d) {
  WITH d WHERE $source IS NOT NULL AND NOT EXISTS { (d)-[:PUBLISHED_BY]->(:Source) }
  MERGE (s:Source {id: $source.id})
  ON CREATE SET s.name = $source.name, s.reliability = 1.0
  CREATE (d)-[:PUBLISHED_BY]->(s)
}
RETURN d.id AS id
