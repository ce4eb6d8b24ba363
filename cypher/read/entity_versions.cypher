// entity_versions: versions of the entities that hold some aliases now.
// $keys   LIST<STRING>  alias keys
// ->      asked STRING, key STRING, version INTEGER
// door:   POST /api/merges, POST /api/splits, POST /api/reviews/{id}
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS asked
MATCH (:Alias {key: asked})-[:NAMES]->(x:Entity)
RETURN asked, x.key AS key, x.version AS version
