// co_clear: takes away co-mentions kept on the edges of one entity, a bounded number at a time.
// $key     STRING   key of the entity
// $limit   INTEGER  edges at most
// ->       pairs INTEGER
// door:    the co-mention projection
// try:     MATCH (x:Entity {key: '9f2c…'})-[c:CO_MENTIONED]->(o) RETURN count(c)
MATCH (:Entity {key: $key})-[c:CO_MENTIONED]->()
WITH c LIMIT $limit
DELETE c
RETURN count(*) AS pairs
