// dedupe_names: entities that go by their fullest name from now on, and their names in that order.
// $keys   LIST<STRING>    entity keys
// $at     ZONED DATETIME  when
// ->      key STRING, old STRING, name STRING: entities whose display name became another
// door:   pentad dedupe --strategy most_complete, POST /api/entity-extraction/deduplicate
// try:    MATCH (x:Entity) WHERE x.naming = 'most_complete' RETURN x.name, x.aliases LIMIT 10
UNWIND $keys AS key
MATCH (x:Entity {key: key})<-[:NAMES]-(a:Alias)
WITH x, a
ORDER BY size(a.name) DESC, coalesce(a.mentions, 0) DESC, a.born
WITH x, x.name AS old, collect(a.name)[..50] AS names
SET x.naming = 'most_complete', x.name = names[0], x.aliases = names, x.version = x.version + 1, x.updated_at = $at
WITH x, old
WHERE old <> x.name
RETURN x.key AS key, old, x.name AS name
