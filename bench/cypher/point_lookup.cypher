// point_lookup: the least a graph can be asked: one node by its unique key.
// $key    STRING  canonical key
// ->      name STRING
// door:   make bench
// try:    :params {key: '9f2c…'}
MATCH (x:Entity {key: $key})
RETURN x.name AS name
