// co_hubs: all entities that keep co-mentions or should, with what they are.
// $demote   INTEGER  degree below which a hub is none any more
// $promote INTEGER  degree from which an entity is a hub
// ->       key STRING, hub BOOLEAN, degree INTEGER (live WHO and WHERE mentions), edges INTEGER (co-mentions kept), too_small BOOLEAN
// door:    pentad check
// try:     :params {demote: 400, promote: 500}
MATCH (x:Entity)
WITH x, coalesce(x.hub, false) AS hub, COUNT { (x)-[:CO_MENTIONED]->() } AS edges
WHERE hub OR edges > 0 OR x.mentions >= $promote
WITH x, hub, edges, COUNT { MATCH (x)<-[m:WHO|WHERE]-() WHERE m.kid IS NOT NULL } AS degree
WHERE hub OR edges > 0 OR degree >= $promote
RETURN x.key AS key, hub, degree, edges, hub AND degree < $demote AS too_small ORDER BY key
