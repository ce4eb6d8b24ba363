// entity_names: the names of entities that have several, most frequent first. The first is the display name.
// $keys   LIST<STRING>    entity keys
// $at     ZONED DATETIME  when recorded
// ->      key STRING, old STRING, name STRING: entities whose display name became another
// door:   every ingest
// try:    MATCH (x:Entity) WHERE size(x.aliases) > 1 RETURN x.name, x.aliases LIMIT 10
// Where a batch job asked for the most complete name, the longest comes first.
UNWIND $keys AS key
MATCH (x:Entity {key: key})<-[:NAMES]-(a:Alias)
WITH x, a
ORDER BY CASE WHEN x.naming = 'most_complete' THEN size(a.name) ELSE 0 END DESC, coalesce(a.mentions, 0) DESC, a.born
WITH x, x.name AS old, collect(DISTINCT a.name)[..50] AS names
WHERE x.aliases IS NULL OR x.aliases <> names
SET x.name = names[0], x.aliases = names, x.version = x.version + 1, x.updated_at = $at
WITH x, old
WHERE old <> x.name
RETURN x.key AS key, old, x.name AS name
