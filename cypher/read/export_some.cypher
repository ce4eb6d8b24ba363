// export_some: some entities with all that is stated of them.
// $keys   LIST<STRING>  keys of the entities themselves
// ->      entities LIST<MAP> (all properties)
// door:   GET /api/export?entity=
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
RETURN collect(properties(x)) AS entities
