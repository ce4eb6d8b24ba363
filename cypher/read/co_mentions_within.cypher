// co_mentions_within: who or what else the newest events of an entity name in the W's asked for, counted live.
// $key     STRING        key of the entity itself
// $own     LIST<STRING>  the entity's own W's whose events count
// $ws      LIST<STRING>  W's of the others
// $kind    STRING|NULL   only others of this kind
// $budget  INTEGER       newest mentions per own W that are looked at
// $limit   INTEGER       rows at most
// ->       rows LIST<MAP> of key, name, kind, n (distinct events), first_ts, last_ts (epoch milliseconds)
// door:    GET /api/entities/{key}/co-mentions?w=
// try:     :params {key: '9f2c…', own: ['WHO'], ws: ['WHAT'], kind: null, budget: 2000, limit: 10}
MATCH (x:Entity {key: $key})
CALL (x) {
  CALL (x) {
    MATCH (e)-[m:WHO]->(y)
    USING INDEX SEEK m:WHO(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHO' IN $own THEN x.kid END AND m.ts IS NOT NULL AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
    UNION
    MATCH (e)-[m:WHAT]->(y)
    USING INDEX SEEK m:WHAT(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHAT' IN $own THEN x.kid END AND m.ts IS NOT NULL AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
    UNION
    MATCH (e)-[m:WHERE]->(y)
    USING INDEX SEEK m:WHERE(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHERE' IN $own THEN x.kid END AND m.ts IS NOT NULL AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
    UNION
    MATCH (e)-[m:WHEN]->(y)
    USING INDEX SEEK m:WHEN(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHEN' IN $own THEN x.kid END AND m.ts IS NOT NULL AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
    UNION
    MATCH (e)-[m:WHY]->(y)
    USING INDEX SEEK m:WHY(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHY' IN $own THEN x.kid END AND m.ts IS NOT NULL AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
  }
  MATCH (e)-[k:WHO|WHAT|WHERE|WHEN|WHY]->(o:Entity)
  WHERE type(k) IN $ws AND k.kid IS NOT NULL AND o <> x AND ($kind IS NULL OR o.kind = $kind)
  WITH o, count(DISTINCT e) AS n, min(e.ts) AS first_ts, max(e.ts) AS last_ts
  ORDER BY n DESC, last_ts DESC, o.key LIMIT $limit
  RETURN collect({key: o.key, name: o.name, kind: o.kind, n: n, first_ts: first_ts, last_ts: last_ts}) AS rows
}
RETURN rows
