// document_names: the entities that a document names, and what its reading came to.
// $document  STRING     document id
// $rows      LIST<MAP>  alias (key), props (n, surface, w, confidence, factors …)
// $props     MAP        what is told of the document: semantic_hash, claim_count, entity_count …
// $ts        INTEGER|NULL  epoch milliseconds of what it tells
// $change    INTEGER    number of the batch
// $at        ZONED DATETIME  when read
// ->         written INTEGER
// door:      jobs of kind semantic, POST /api/entity-extraction/process
// try:       MATCH (d:Document)-[n:NAMES_ENTITY]->(x) RETURN d, n, x LIMIT 25
MATCH (d:Document {id: $document})
SET d += $props, d.semantic_at = $at, d.change = $change, d.event_ts = $ts
WITH d
UNWIND CASE WHEN size($rows) = 0 THEN [NULL] ELSE $rows END AS row
OPTIONAL MATCH (:Alias {key: row.alias})-[:NAMES]->(x:Entity)
FOREACH (end IN CASE WHEN x IS NULL THEN [] ELSE [x] END |
  CREATE (d)-[r:NAMES_ENTITY]->(end)
  SET r = row.props, r.alias = row.alias, r.recorded_at = $at
)
RETURN count(x) AS written
