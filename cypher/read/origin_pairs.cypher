// origin_pairs: the documents that tell the newest events which name both of a pair, looked for from the end with fewer mentions.
// $pairs   LIST<MAP>  of few STRING, many STRING (entity keys), last INTEGER (epoch milliseconds, not later than this)
// $budget  INTEGER    mentions per W that are looked at, newest first
// $limit   INTEGER    events at most for each pair
// ->       few STRING, many STRING, events INTEGER (looked at), reports LIST<MAP> of id, title, source (publisher)
// door:    GET /api/entities/{key}/co-mentions?origins=true
// try:     :params {pairs: [{few: '9f2c…', many: '51aa…', last: 253402300799999}], budget: 500, limit: 50}
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
  WITH collect(e) AS found
  CALL (found) {
    UNWIND found AS e
    MATCH (e)-[r:REPORTED_IN]->(d:Document)
    WHERE r.closed_at IS NULL
    WITH DISTINCT d
    OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(s:Source)
    WITH d, min(s.name) AS source
    RETURN collect({id: d.id, title: d.title, source: source}) AS reports
  }
  RETURN size(found) AS events, reports
}
RETURN pair.few AS few, pair.many AS many, events, reports
