// past_related: relationships of some names that had been told by a time, and were not closed yet.
// $keys   LIST<STRING>    alias keys
// $known  ZONED DATETIME  recorded by then, and not closed yet
// $until  INTEGER         epoch milliseconds, told by events up to here
// $limit  INTEGER         rows at most
// ->      salias, oalias STRING (names at both ends), predicate, event STRING, title STRING|NULL, confidence FLOAT|NULL, since ZONED DATETIME
// door:   GET /api/entities/{key}/relationships with as_of, known_at or identity_at
// try:    :params {keys: ['9f2c…'], known: datetime(), until: 1735689600000, limit: 1000}
UNWIND $keys AS key
CALL (key) {
  MATCH (:Entity)-[r:RELATED {salias: key}]->(:Entity)
  RETURN r
  UNION
  MATCH (:Entity)-[r:RELATED {oalias: key}]->(:Entity)
  RETURN r
}
WITH DISTINCT r
WHERE r.recorded_at <= $known AND (r.closed_at IS NULL OR r.closed_at > $known) AND r.since.epochMillis <= $until
MATCH (e:Event {id: r.event})
RETURN r.salias AS salias, r.oalias AS oalias, r.predicate AS predicate, r.event AS event, e.title AS title,
       r.confidence AS confidence, r.since AS since
ORDER BY since DESC, event
LIMIT $limit
