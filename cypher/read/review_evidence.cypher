// review_evidence: the newest events that speak of some aliases.
// $keys   LIST<STRING>  alias keys
// $limit  INTEGER       events at most for each
// ->      key STRING, events LIST<MAP> of id, title, occurred_at, surface, role, others LIST<STRING> (names of others in it)
// door:   GET /api/reviews/{id}, pentad review
// try:    :params {keys: ['9f2c…'], limit: 3}
UNWIND $keys AS key
MATCH (a:Alias {key: key})
CALL (a) {
  CALL (a) {
    MATCH (e:Event)-[m:WHO]->(x)
    USING INDEX SEEK m:WHO(aid, ts)
    WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
    RETURN e, m, x ORDER BY m.aid DESC, m.ts DESC LIMIT $limit
    UNION ALL
    MATCH (e:Event)-[m:WHERE]->(x)
    USING INDEX SEEK m:WHERE(aid, ts)
    WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
    RETURN e, m, x ORDER BY m.aid DESC, m.ts DESC LIMIT $limit
  }
  WITH e, m, x ORDER BY m.ts DESC, m.id LIMIT $limit
  RETURN collect({id: e.id, title: e.title, occurred_at: e.occurred_at, surface: m.surface, role: m.role,
                  others: COLLECT {
                    MATCH (e)-[k:WHO|WHERE]->(o:Entity)
                    WHERE k.kid IS NOT NULL AND o <> x
                    RETURN DISTINCT o.name ORDER BY o.name LIMIT 8
                  }}) AS events
}
RETURN key, events
