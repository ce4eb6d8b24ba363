// hierarchy_moments: says what dates are part of: each of the smallest stretch that is named and holds it, or of none.
// $rows   LIST<MAP>  key STRING, parent STRING|NULL (keys of entities), by STRING (contains), lies_in LIST<STRING> (widest first)
// ->      written INTEGER
// door:   the hierarchy of dates (every 15 minutes)
// try:    MATCH p = (:When)-[:PART_OF]->(:When) RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (x:Entity {key: row.key})
SET x.lies_in = CASE WHEN row.lies_in = [] THEN null ELSE row.lies_in END
WITH x, row
CALL (x) {
  MATCH (x)-[old:PART_OF]->(:Entity)
  DELETE old
}
CALL (x, row) {
  MATCH (p:Entity {key: row.parent})
  CREATE (x)-[:PART_OF {by: row.by}]->(p)
}
RETURN count(x) AS written
