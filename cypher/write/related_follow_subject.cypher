// related_follow_subject: relationships whose subject is an alias, brought to the entity that it names now. Run until 0.
// $alias  STRING   alias key
// $limit  INTEGER  edges at most, 1..1000
// ->      moved INTEGER
// door:   merge, split and whatever decides a name anew
// try:    MATCH p = (:Entity)-[:RELATED]->(:Entity) RETURN p LIMIT 25
MATCH (a:Alias {key: $alias})-[:NAMES]->(x:Entity)
MATCH (s:Entity)-[r:RELATED {salias: $alias}]->(o:Entity)
WHERE s <> x
WITH r, o, x LIMIT $limit
CREATE (x)-[n:RELATED]->(o)
SET n = properties(r)
DELETE r
RETURN count(n) AS moved
