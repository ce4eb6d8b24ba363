// paths_evidence: what some events tell of pairs of entities: title, date, and how sure it is that both are meant.
// $rows   LIST<MAP>  of a STRING, b STRING (entity keys), events LIST<STRING> (ids, in the order wanted)
// ->      a STRING, b STRING, events LIST<MAP> of id, title, occurred_at, confidence (0..1: the event's, times that of the surest mention of each end)
// door:   GET /api/paths
// try:    :params {rows: [{a: '9f2c…', b: '51aa…', events: ['made-001']}]}
UNWIND $rows AS row
MATCH (a:Entity {key: row.a})
MATCH (b:Entity {key: row.b})
CALL (a, b, row) {
  UNWIND row.events AS id
  MATCH (e:Event {id: id})
  CALL (a, e) {
    MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x)
    WHERE x = a AND m.kid IS NOT NULL
    RETURN max(coalesce(m.score, 1.0) * coalesce(m.relevance, 1.0)) AS one
  }
  CALL (b, e) {
    MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x)
    WHERE x = b AND m.kid IS NOT NULL
    RETURN max(coalesce(m.score, 1.0) * coalesce(m.relevance, 1.0)) AS other
  }
  WITH e, one, other WHERE one IS NOT NULL AND other IS NOT NULL
  RETURN collect({id: e.id, title: e.title, occurred_at: e.occurred_at,
                  confidence: coalesce(e.confidence, 1.0) * one * other}) AS events
}
RETURN a.key AS a, b.key AS b, events
