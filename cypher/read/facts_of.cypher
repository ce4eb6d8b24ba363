// facts_of: an entity, and by which predicates it is related to whom.
// $key       STRING   key of any alias, 64 hex digits
// $known_at  ZONED DATETIME|NULL  as it was recorded then
// $limit     INTEGER  pairs at most
// ->         key, name, kind STRING, pairs LIST<MAP> (predicate, subject, object)
// door:      GET /api/entities/{key}/facts
// try:       :params {key: '9f2c…', known_at: NULL, limit: 500}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
CALL (x) {
  OPTIONAL MATCH (x)-[r:RELATED]-(o:Entity)
  WHERE o <> x
    AND CASE WHEN $known_at IS NULL THEN r.closed_at IS NULL
             ELSE r.recorded_at <= $known_at AND (r.closed_at IS NULL OR r.closed_at > $known_at) END
  WITH r WHERE r IS NOT NULL
  WITH DISTINCT r.predicate AS predicate, startNode(r).key AS subject, endNode(r).key AS object
  ORDER BY predicate, subject, object LIMIT $limit
  RETURN collect({predicate: predicate, subject: subject, object: object}) AS pairs
}
RETURN x.key AS key, x.name AS name, x.kind AS kind, pairs
