// why_company: who moves along in the events that make a score.
// $key     STRING     entity key
// $events  LIST<MAP>  of id STRING, share FLOAT (of the score)
// $limit   INTEGER    others at most
// ->       others LIST<MAP> of key, name, kind, share FLOAT (of the score, by the events that name both), events INTEGER
// door:    GET /api/entities/{key}/rank?why=true
// try:     :params {key: '9f2c…', events: [{id: 'made-001', share: 0.5}], limit: 5}
MATCH (x:Entity {key: $key})
CALL (x) {
  UNWIND $events AS told
  MATCH (e:Event {id: told.id})-[m:WHO|WHERE]->(o:Entity)
  WHERE m.kid IS NOT NULL AND o <> x
  WITH DISTINCT o, e, told
  WITH o, sum(told.share) AS share, count(e) AS events
  ORDER BY share DESC, o.key LIMIT $limit
  RETURN collect({key: o.key, name: o.name, kind: o.kind, share: share, events: events}) AS others
}
RETURN others
