// facts_ends: entities by their own keys, as ends of facts.
// $keys  LIST<STRING>
// ->     key, name, kind STRING
// door:  GET /api/entities/{key}/facts
// try:   :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
RETURN x.key AS key, x.name AS name, x.kind AS kind
