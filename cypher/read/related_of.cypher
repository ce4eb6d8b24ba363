// related_of: what relates an entity to others, by predicate and other end, most events first.
// $key       STRING   key of any alias, 64 hex digits
// $limit     INTEGER  rows at most
// $evidence  INTEGER  events shown of each
// ->         key, name, kind STRING, rows LIST<MAP> (predicate, outgoing, key, name, kind, n, confidence, first_at, last_at, events)
// door:      GET /api/entities/{key}/relationships
// try:       :params {key: '9f2c…', limit: 50, evidence: 5}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
CALL (x) {
  OPTIONAL MATCH (x)-[r:RELATED]-(o:Entity)
  WHERE r.closed_at IS NULL AND o <> x
  WITH x, r, o WHERE r IS NOT NULL
  WITH r.predicate AS predicate, startNode(r) = x AS outgoing, o, r
  ORDER BY r.since DESC, r.event
  WITH predicate, outgoing, o, count(DISTINCT r.event) AS n, max(r.confidence) AS confidence, min(r.since) AS first_at,
       max(r.since) AS last_at, collect(DISTINCT r.event)[..$evidence] AS ids
  ORDER BY n DESC, last_at DESC, o.key, predicate
  LIMIT $limit
  CALL (ids) {
    UNWIND ids AS id
    MATCH (e:Event {id: id})
    RETURN collect({id: e.id, title: e.title, occurred_at: e.occurred_at}) AS events
  }
  RETURN collect({predicate: predicate, outgoing: outgoing, key: o.key, name: o.name, kind: o.kind, n: n,
                  confidence: confidence, first_at: first_at, last_at: last_at, events: events}) AS rows
}
RETURN x.key AS key, x.name AS name, x.kind AS kind, rows
