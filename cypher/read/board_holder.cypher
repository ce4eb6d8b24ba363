// board_holder: the entity that holds a key now, whichever key it ever had.
// $key   STRING  canonical key, 64 hex digits
// ->     key STRING, kind STRING
// door:  GET /api/entities/{key}/rank
// try:   :params {key: '9f2c…'}
OPTIONAL MATCH (:Alias {key: $key})-[:NAMES]->(holder:Entity)
OPTIONAL MATCH (own:Entity {key: $key})
WITH coalesce(holder, own) AS x
WHERE x IS NOT NULL
RETURN x.key AS key, x.kind AS kind
