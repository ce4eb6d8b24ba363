// interests_follow: interests in names, brought to the entities that these name now. Run until fewer than $limit moved.
// $aliases  LIST<STRING>  alias keys
// $limit    INTEGER       edges at most, 1..1000
// ->        moved INTEGER
// door:     merge, split and whatever decides a name anew
// try:      MATCH p = (:Reader)-[:INTERESTED_IN]->(:Entity) RETURN p LIMIT 25
UNWIND $aliases AS key
MATCH (r:Reader)-[i:INTERESTED_IN {alias: key}]->(o:Entity)
MATCH (:Alias {key: key})-[:NAMES]->(x:Entity)
WHERE o <> x
WITH r, i, x LIMIT $limit
MATCH (g:Gate {name: 'gate'})
SET g.readers = coalesce(g.readers, 0) + 1, r.touch = g.readers
CREATE (r)-[n:INTERESTED_IN]->(x)
SET n = properties(i)
DELETE i
RETURN count(n) AS moved
