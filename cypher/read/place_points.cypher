// place_points: where some entities lie, as far as it was stated of them.
// $keys    LIST<STRING>  keys of the entities themselves
// ->       rows LIST<MAP> of key, location POINT (null where unknown), country STRING|NULL
// door:    GET /entities/{key}
// try:     :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
WHERE x.location IS NOT NULL OR x.country IS NOT NULL
RETURN collect({key: x.key, location: x.location, country: x.country}) AS rows
