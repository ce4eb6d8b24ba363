// claims: the claims that a document makes, each about the entities that its names mean.
// $document  STRING     document id
// $rows      LIST<MAP>  props, ts (epoch milliseconds of the event or NULL), about LIST<MAP> of alias (key) and props
// $change    INTEGER    number of the batch
// $at        ZONED DATETIME  when recorded
// ->         written INTEGER
// door:      jobs of kind semantic, POST /api/entity-extraction/process
// try:       MATCH (d:Document)-[:MAKES]->(c:Claim)-[r:ABOUT]->(x) RETURN d, c, r, x LIMIT 25
MATCH (d:Document {id: $document})
UNWIND $rows AS row
MERGE (c:Claim {id: row.props.id})
ON CREATE SET c.recorded_at = $at
WITH d, c, row, c.recorded_at AS recorded
SET c = row.props, c.recorded_at = recorded, c.change = $change, c.ts = row.ts,
    c.event_time = CASE WHEN row.ts IS NULL THEN NULL ELSE datetime({epochMillis: row.ts}) END
MERGE (d)-[:MAKES]->(c)
WITH c, row
CALL (c) {
  MATCH (c)-[old:ABOUT]->()
  DELETE old
}
WITH c, row
UNWIND CASE WHEN size(row.about) = 0 THEN [NULL] ELSE row.about END AS told
OPTIONAL MATCH (:Alias {key: told.alias})-[:NAMES]->(x:Entity)
FOREACH (end IN CASE WHEN x IS NULL THEN [] ELSE [x] END |
  CREATE (c)-[r:ABOUT]->(end)
  SET r = told.props, r.alias = told.alias
)
RETURN count(DISTINCT c) AS written
