// document_names_follow: documents that say some names, brought to the entities that these name now. Run until fewer than $limit moved.
// $aliases  LIST<STRING>  alias keys
// $limit    INTEGER       edges at most, 1..1000
// ->        moved INTEGER
// door:     merge, split and whatever decides a name anew
// try:      MATCH (d:Document)-[r:NAMES_ENTITY]->(x) RETURN d, r, x LIMIT 25
UNWIND $aliases AS key
MATCH (a:Alias {key: key})-[:NAMES]->(x:Entity)
MATCH (d:Document)-[r:NAMES_ENTITY {alias: key}]->(o:Entity)
WHERE o <> x
WITH d, r, x LIMIT $limit
CREATE (d)-[n:NAMES_ENTITY]->(x)
SET n = properties(r)
DELETE r
RETURN count(n) AS moved
