// co_evidence: the newest events that name both of a pair, looked for from the end with fewer mentions.
// $pairs   LIST<MAP>  of few STRING, many STRING (entity keys), last INTEGER (epoch milliseconds, not later than this)
// $budget  INTEGER    mentions per W that are looked at, newest first
// $limit   INTEGER    events at most for each pair
// ->       few STRING, many STRING, events LIST<MAP> of id, title, occurred_at
// door:    GET /api/entities/{key}/co-mentions?via=
// try:     :params {pairs: [{few: '9f2c…', many: '51aa…', last: 253402300799999}], budget: 500, limit: 3}
UNWIND $pairs AS pair
MATCH (a:Entity {key: pair.few})
MATCH (b:Entity {key: pair.many})
CALL (a, b, pair) {
  CALL (a, pair) {
    MATCH (e)-[m:WHO]->(y)
    USING INDEX SEEK m:WHO(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHO' IN a.ws THEN a.kid END AND m.ts <= pair.last AND m.id IS NOT NULL
      AND y = a
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
    UNION
    MATCH (e)-[m:WHERE]->(y)
    USING INDEX SEEK m:WHERE(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHERE' IN a.ws THEN a.kid END AND m.ts <= pair.last AND m.id IS NOT NULL
      AND y = a
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
  }
  WITH b, e
  WHERE EXISTS { MATCH (e)-[k:WHO|WHERE]->(b) WHERE k.kid IS NOT NULL }
  WITH e ORDER BY e.ts DESC, e.id DESC LIMIT $limit
  RETURN collect({id: e.id, title: e.title, occurred_at: e.occurred_at}) AS events
}
RETURN pair.few AS few, pair.many AS many, events
