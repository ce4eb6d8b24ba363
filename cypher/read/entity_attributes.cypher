// entity_attributes: what was stated of all aliases of some entities, earliest alias first, and what the entities show.
// $keys   LIST<STRING>  entity keys, those that are gone are left out
// ->      entities LIST<MAP> (key, shown MAP by attribute, attributes LIST<STRING>: JSON of each alias that has any)
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
RETURN collect({key: key, attributes: attributes, shown: x {
  .sector, .country, .of, .affiliations, .email, .phone, .path, .boundary_type, .location, .event_type, .description,
  .impact_level, .affected_parties, .resources_involved, .start, .end, .timezone, .recurrence, .temporal_context,
  .causal_relationship, .motivating_factors, .intended_outcomes, .historical_precedents}}) AS entities
