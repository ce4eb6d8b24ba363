// related_follow_object: relationships whose object is an alias, brought to the entity that it names now. Run until 0.
// $alias  STRING   alias key
// $limit  INTEGER  edges at most, 1..1000
// ->      moved INTEGER
// door:   merge, split and whatever decides a name anew
// try:    MATCH p = (:Entity)-[:RELATED]->(:Entity) RETURN p LIMIT 25
MATCH (a:Alias {key: $alias})-[:NAMES]->(x:Entity)
MATCH (s:Entity)-[r:RELATED {oalias: $alias}]->(o:Entity)
WHERE o <> x
WITH r, s, x LIMIT $limit
CREATE (s)-[n:RELATED]->(x)
SET n = properties(r)
DELETE r
RETURN count(n) AS moved
