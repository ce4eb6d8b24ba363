// paths_kept: with whom of some others a hub is named, by its kept co-mentions: found from the side that few hubs are named with.
// $key     STRING        key of a hub itself
// $others  LIST<STRING>  keys of the others themselves
// ->       key STRING, n INTEGER (distinct events), last_ts INTEGER (epoch milliseconds)
// door:    GET /api/paths
// try:     :params {key: '9f2c…', others: ['51aa…']}
MATCH (x:Entity {key: $key})
UNWIND $others AS other
MATCH (o:Entity {key: other})
MATCH (x)-[c:CO_MENTIONED]->(o)
WHERE c.n > 0
RETURN o.key AS key, c.n AS n, c.last_ts AS last_ts
