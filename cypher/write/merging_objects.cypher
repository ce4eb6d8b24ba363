// merging_objects: relationships whose object is one of these aliases, brought to the entities that they name now. Run until fewer than $limit moved.
// $aliases  LIST<STRING>  alias keys
// $limit    INTEGER       edges at most, 1..1000
// ->        moved INTEGER
// door:     merge, split, reviews, pentad dedupe
// try:      MATCH p = (:Entity)-[:RELATED]->(:Entity) RETURN p LIMIT 25
UNWIND $aliases AS key
MATCH (a:Alias {key: key})-[:NAMES]->(x:Entity)
MATCH (s:Entity)-[r:RELATED {oalias: key}]->(o:Entity)
WHERE o <> x
WITH r, s, o, x LIMIT $limit
CREATE (s)-[n:RELATED]->(x)
SET n = properties(r)
DELETE r
RETURN count(n) AS moved
