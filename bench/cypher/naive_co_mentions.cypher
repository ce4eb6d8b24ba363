// naive_co_mentions: co-mentions as people write them first: all events of an entity, and all who stand in them.
// $key    STRING   canonical key
// $limit  INTEGER  rows at most
// ->      key, name STRING, n INTEGER
// door:   make bench
// try:    :params {key: '9f2c…', limit: 10}
MATCH (x:Entity {key: $key})<-[:WHO|WHERE]-(e:Event)-[:WHO|WHERE]->(o:Entity)
WHERE o <> x
RETURN o.key AS key, o.name AS name, count(DISTINCT e) AS n
ORDER BY n DESC LIMIT $limit
