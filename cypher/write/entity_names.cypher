// entity_names: the names of entities that have several: most frequent first, the first is the display name.
// $keys   LIST<STRING>  entity keys
// ->      named INTEGER
// door:   every ingest
// try:    MATCH (x:Entity) WHERE size(x.aliases) > 1 RETURN x.name, x.aliases LIMIT 10
UNWIND $keys AS key
MATCH (x:Entity {key: key})<-[:NAMES]-(a:Alias)
WITH x, a
ORDER BY coalesce(a.mentions, 0) DESC, a.born
WITH x, collect(a.name) AS names
SET x.name = names[0], x.aliases = names[..50]
RETURN count(x) AS named
