// history_append: keeps what changed of entities, on the aliases that they go by.
// $rows   LIST<MAP>       alias (key), props (id, field, by, cause, change, old and new where there was or is one)
// $at     ZONED DATETIME  when recorded
// ->      kept INTEGER
// door:   every ingest, reviews, merge and split
// try:    MATCH (c:Change)-[:OF]->(a:Alias) RETURN c, a LIMIT 25
UNWIND $rows AS row
MATCH (a:Alias {key: row.alias})
CREATE (c:Change)
SET c = row.props, c.at = $at
CREATE (c)-[:OF]->(a)
RETURN count(c) AS kept
