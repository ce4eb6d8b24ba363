// erase_holders: the entities that some aliases name.
// $keys   LIST<STRING>  alias keys
// ->      entity STRING
// door:   POST /api/retractions with erase
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (:Alias {key: key})-[:NAMES]->(x:Entity)
RETURN DISTINCT x.key AS entity
