// hierarchy_places: says where places lie: each in one other place, or in none.
// $rows   LIST<MAP>  key STRING, parent STRING|NULL (keys of entities), by STRING (stated, country, known), lies_in LIST<STRING> (widest first)
// ->      written INTEGER
// door:   the hierarchy of places (every 15 minutes)
// try:    MATCH p = (:Where)-[:LOCATED_IN]->(:Where) RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (x:Entity {key: row.key})
SET x.lies_in = CASE WHEN row.lies_in = [] THEN null ELSE row.lies_in END
WITH x, row
CALL (x) {
  MATCH (x)-[old:LOCATED_IN]->(:Entity)
  DELETE old
}
CALL (x, row) {
  MATCH (p:Entity {key: row.parent})
  CREATE (x)-[:LOCATED_IN {by: row.by}]->(p)
}
RETURN count(x) AS written
