// co_degrees: degree and standing of entities.
// $keys    LIST<STRING>  entity keys
// ->       key STRING, hub BOOLEAN, degree INTEGER (live WHO and WHERE mentions)
// door:    the co-mention projection
// try:     :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
RETURN x.key AS key, coalesce(x.hub, false) AS hub,
       COUNT { MATCH (x)<-[m:WHO|WHERE]-() WHERE m.kid IS NOT NULL } AS degree
