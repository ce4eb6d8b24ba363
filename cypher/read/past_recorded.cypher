// past_recorded: which of some events were recorded by a time, in whatever version.
// $ids    LIST<STRING>    event ids
// $known  ZONED DATETIME  when
// ->      ids LIST<STRING>
// door:   GET /api/entities/{key} with known_at
// try:    :params {ids: ['e1'], known: datetime()}
UNWIND $ids AS id
MATCH (e:Event {id: id})
WHERE e.recorded_at <= $known
   OR EXISTS { MATCH (e)-[:HAD_VERSION]->(v:EventVersion) WHERE v.recorded_at <= $known }
RETURN collect(e.id) AS ids
