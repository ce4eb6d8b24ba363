// facts_touched: between which entities, by which predicates, relationships of events or of entities stand or stood.
// $events    LIST<STRING>  event ids
// $entities  LIST<STRING>  entity keys
// ->         predicate, subject, object STRING
// door:      whatever writes relationships or decides a name anew, pentad check
// try:       :params {events: [], entities: ['9f2c…']}
CALL () {
  UNWIND $events AS event
  MATCH (s:Entity)-[r:RELATED]->(o:Entity)
  USING INDEX SEEK r:RELATED(event)
  WHERE r.event = event
  RETURN r.predicate AS predicate, s.key AS subject, o.key AS object
  UNION
  UNWIND $entities AS key
  MATCH (x:Entity {key: key})-[r:RELATED]-()
  RETURN r.predicate AS predicate, startNode(r).key AS subject, endNode(r).key AS object
}
RETURN DISTINCT predicate, subject, object
