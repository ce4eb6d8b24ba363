// entity_names: what some entities are called, by their own keys.
// $keys   LIST<STRING>  keys of the entities themselves
// ->      rows LIST<MAP> of key, name, kind, mentions
// door:   GET /api/paths
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
RETURN collect({key: x.key, name: x.name, kind: x.kind, mentions: coalesce(x.mentions, 0)}) AS rows
