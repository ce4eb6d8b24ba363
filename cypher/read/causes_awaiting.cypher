// causes_awaiting: events that name one of these events as their cause.
// $keys   LIST<STRING>  keys of the WHY aliases that stand for the events
// ->      event STRING, alias STRING
// door:   every ingest
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (:Alias {key: key})-[:NAMES]->(x:Why)<-[m:WHY]-(e:Event)
WHERE m.kid IS NOT NULL AND m.alias = key
RETURN e.id AS event, key AS alias
