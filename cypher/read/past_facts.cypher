// past_facts: what was stated of some names at one end, as it was recorded by a time.
// $keys   LIST<STRING>    alias keys
// $known  ZONED DATETIME  recorded by then, and not closed yet
// $limit  INTEGER         rows at most
// ->      id, predicate, salias, oalias STRING (names at both ends), since, until, ended INTEGER (epoch milliseconds), state STRING, confidence FLOAT, event, origin STRING
// door:   GET /api/entities/{key}/facts with identity_at
// try:    :params {keys: ['9f2c…'], known: datetime(), limit: 1000}
UNWIND $keys AS key
CALL (key) {
  MATCH (:Entity)-[r:RELATED {salias: key}]->(:Entity)
  RETURN r
  UNION
  MATCH (:Entity)-[r:RELATED {oalias: key}]->(:Entity)
  RETURN r
}
WITH DISTINCT r
WHERE r.recorded_at <= $known AND (r.closed_at IS NULL OR r.closed_at > $known)
RETURN r.id AS id, r.predicate AS predicate, r.salias AS salias, r.oalias AS oalias, r.since.epochMillis AS since,
       r.until.epochMillis AS until, r.ended_at.epochMillis AS ended, r.state AS state, r.confidence AS confidence,
       r.event AS event, r.origin AS origin
ORDER BY predicate, id
LIMIT $limit
