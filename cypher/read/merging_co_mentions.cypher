// merging_co_mentions: who or what else the events of one entity name, both sides taken by their names, wherever the edges still lead. Read while mentions follow a merge or split.
// $key     STRING        key of the entity itself
// $own     LIST<STRING>  the entity's own W's whose events count
// $ws      LIST<STRING>  W's of the others
// $kind    STRING|NULL   only others of this kind
// $budget  INTEGER       newest mentions per name and own W that are looked at
// $limit   INTEGER       rows at most
// ->       rows LIST<MAP> of key, name, kind, hub, n (distinct events), first_ts, last_ts (epoch milliseconds)
// door:    GET /api/entities/{key}/co-mentions
// try:     :params {key: '9f2c…', own: ['WHO', 'WHERE'], ws: ['WHO', 'WHERE'], kind: null, budget: 5000, limit: 10}
MATCH (x:Entity {key: $key})<-[:NAMES]-(a:Alias)
CALL (a) {
  MATCH (e)-[m:WHO]->()
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = CASE WHEN 'WHO' IN $own THEN a.aid END AND m.ts IS NOT NULL AND m.alias = a.key
  WITH e, m ORDER BY m.ts DESC LIMIT $budget
  RETURN e
  UNION ALL
  MATCH (e)-[m:WHAT]->()
  USING INDEX SEEK m:WHAT(aid, ts)
  WHERE m.aid = CASE WHEN 'WHAT' IN $own THEN a.aid END AND m.ts IS NOT NULL AND m.alias = a.key
  WITH e, m ORDER BY m.ts DESC LIMIT $budget
  RETURN e
  UNION ALL
  MATCH (e)-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = CASE WHEN 'WHERE' IN $own THEN a.aid END AND m.ts IS NOT NULL AND m.alias = a.key
  WITH e, m ORDER BY m.ts DESC LIMIT $budget
  RETURN e
  UNION ALL
  MATCH (e)-[m:WHEN]->()
  USING INDEX SEEK m:WHEN(aid, ts)
  WHERE m.aid = CASE WHEN 'WHEN' IN $own THEN a.aid END AND m.ts IS NOT NULL AND m.alias = a.key
  WITH e, m ORDER BY m.ts DESC LIMIT $budget
  RETURN e
  UNION ALL
  MATCH (e)-[m:WHY]->()
  USING INDEX SEEK m:WHY(aid, ts)
  WHERE m.aid = CASE WHEN 'WHY' IN $own THEN a.aid END AND m.ts IS NOT NULL AND m.alias = a.key
  WITH e, m ORDER BY m.ts DESC LIMIT $budget
  RETURN e
}
WITH DISTINCT x, e
MATCH (e)-[k:WHO|WHAT|WHERE|WHEN|WHY]->(:Entity)
WHERE type(k) IN $ws AND k.kid IS NOT NULL
MATCH (:Alias {key: k.alias})-[:NAMES]->(o:Entity)
WHERE o <> x AND ($kind IS NULL OR o.kind = $kind)
WITH o, count(DISTINCT e) AS n, min(e.ts) AS first_ts, max(e.ts) AS last_ts
ORDER BY n DESC, last_ts DESC, o.key LIMIT $limit
RETURN collect({key: o.key, name: o.name, kind: o.kind, hub: false, n: n, first_ts: first_ts, last_ts: last_ts}) AS rows
