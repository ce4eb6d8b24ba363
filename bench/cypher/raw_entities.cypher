// raw_entities: the nodes that raw edges lead to.
// $keys   LIST<STRING>  keys of the nodes
// ->      created INTEGER
// door:   make bench
// try:    MATCH (x:RawEntity) RETURN count(x)
UNWIND $keys AS key
CREATE (x:RawEntity {key: key})
RETURN count(x) AS created
