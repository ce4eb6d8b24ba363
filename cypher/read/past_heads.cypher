// past_heads: events as they were recorded by a time: the version that stood then.
// $ids    LIST<STRING>    event ids
// $known  ZONED DATETIME  when
// ->      id STRING, event MAP of the version's properties
// door:   GET /api/events, /api/events/{id} and timelines with known_at or identity_at
// try:    :params {ids: ['e1'], known: datetime()}
UNWIND $ids AS id
MATCH (e:Event {id: id})
OPTIONAL MATCH (e)-[:HAD_VERSION]->(v:EventVersion)
WHERE v.recorded_at <= $known AND v.closed_at > $known
WITH e, coalesce(v, e) AS then
WHERE then.recorded_at <= $known
RETURN e.id AS id, properties(then) AS event
