// co_mentions_live: who and where else the events of entities name, counted live: exact below hub degree.
// $keys    LIST<STRING>  keys of the entities themselves
// $kind    STRING|NULL   only others of this kind
// $budget  INTEGER       newest mentions per W and entity that are looked at
// $limit   INTEGER       rows at most for each
// ->       key STRING, rows LIST<MAP> of key, name, kind, hub, n (distinct events), first_ts, last_ts (epoch milliseconds)
// door:    GET /api/entities/{key}/co-mentions
// try:     :params {keys: ['9f2c…'], kind: null, budget: 5000, limit: 10}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
CALL (x) {
  CALL (x) {
    MATCH (e)-[m:WHO]->(y)
    USING INDEX SEEK m:WHO(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHO' IN x.ws THEN x.kid END AND m.ts IS NOT NULL AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
    UNION
    MATCH (e)-[m:WHERE]->(y)
    USING INDEX SEEK m:WHERE(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHERE' IN x.ws THEN x.kid END AND m.ts IS NOT NULL AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
  }
  MATCH (e)-[k:WHO|WHERE]->(o:Entity)
  WHERE k.kid IS NOT NULL AND o <> x AND ($kind IS NULL OR o.kind = $kind)
  WITH o, count(DISTINCT e) AS n, min(e.ts) AS first_ts, max(e.ts) AS last_ts
  ORDER BY n DESC, last_ts DESC, o.key LIMIT $limit
  RETURN collect({key: o.key, name: o.name, kind: o.kind, hub: coalesce(o.hub, false),
                  n: n, first_ts: first_ts, last_ts: last_ts}) AS rows
}
RETURN x.key AS key, rows
