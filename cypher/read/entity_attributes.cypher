// entity_attributes: what was stated of all aliases of some entities, earliest alias first, and what the entities show.
// $keys   LIST<STRING>  entity keys, those that are gone are left out
// ->      key STRING, entity MAP (all properties), attributes LIST<STRING> (JSON of each alias that has any)
// door:   every ingest that states attributes, merge and split
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
CALL (x) {
  MATCH (a:Alias)-[:NAMES]->(x)
  WHERE a.attributes IS NOT NULL
  WITH a ORDER BY a.born
  RETURN collect(a.attributes) AS attributes
}
RETURN key, properties(x) AS entity, attributes
