// co_hub: makes an entity a hub, or none any more.
// $key     STRING   key of the entity
// $hub     BOOLEAN  whether it keeps its co-mentions on edges
// ->       key STRING
// door:    the co-mention projection
// try:     MATCH (x:Entity {hub: true}) RETURN x.name, x.mentions ORDER BY x.mentions DESC
MATCH (x:Entity {key: $key})
SET x.hub = CASE WHEN $hub THEN true ELSE null END
RETURN x.key AS key
