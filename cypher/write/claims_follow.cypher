// claims_follow: what claims say of some names, brought to the entities that they name now. Run until fewer than $limit moved.
// $aliases  LIST<STRING>  alias keys
// $limit    INTEGER       edges at most, 1..1000
// ->        moved INTEGER
// door:     merge, split and whatever decides a name anew
// try:      MATCH (c:Claim)-[r:ABOUT]->(x) RETURN c, r, x LIMIT 25
UNWIND $aliases AS key
MATCH (a:Alias {key: key})-[:NAMES]->(x:Entity)
MATCH (c:Claim)-[r:ABOUT {alias: key}]->(o:Entity)
WHERE o <> x
WITH c, r, x LIMIT $limit
CREATE (c)-[n:ABOUT]->(x)
SET n = properties(r)
DELETE r
RETURN count(n) AS moved
