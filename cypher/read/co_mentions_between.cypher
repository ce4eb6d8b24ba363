// co_mentions_between: who and where else the newest events of an entity name, up to one time and up to a later one.
// $key     STRING   key of the entity itself
// $before  INTEGER  epoch milliseconds, included
// $after   INTEGER  epoch milliseconds, included
// $budget  INTEGER  newest mentions per W that are looked at
// $limit   INTEGER  rows at most: those whose counts differ most
// ->       rows LIST<MAP> of key, name, kind, n_before, n_after (distinct events), exact BOOLEAN (all were looked at)
// door:    GET /api/entities/{key}/diff
// try:     :params {key: '9f2c…', before: 1735689600000, after: 1738368000000, budget: 5000, limit: 20}
MATCH (x:Entity {key: $key})
CALL (x) {
  CALL (x) {
    MATCH (e)-[m:WHO]->(y)
    USING INDEX SEEK m:WHO(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHO' IN x.ws THEN x.kid END AND m.ts <= $after AND m.id IS NOT NULL AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN collect(e) AS found
    UNION ALL
    MATCH (e)-[m:WHERE]->(y)
    USING INDEX SEEK m:WHERE(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHERE' IN x.ws THEN x.kid END AND m.ts <= $after AND m.id IS NOT NULL AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN collect(e) AS found
  }
  RETURN reduce(all = [], part IN collect(found) | all + part) AS events, max(size(found)) < $budget AS exact
}
CALL (x, events) {
  UNWIND events AS e
  WITH DISTINCT x, e
  MATCH (e)-[k:WHO|WHERE]->(o:Entity)
  WHERE k.kid IS NOT NULL AND o <> x
  WITH DISTINCT o, e
  WITH o, sum(CASE WHEN e.ts <= $before THEN 1 ELSE 0 END) AS n_before, count(e) AS n_after
  WHERE n_after > n_before
  WITH o, n_before, n_after ORDER BY n_after - n_before DESC, o.key LIMIT $limit
  RETURN collect({key: o.key, name: o.name, kind: o.kind, n_before: n_before, n_after: n_after}) AS rows
}
RETURN rows, exact
