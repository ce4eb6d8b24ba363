// merging_timeline: mentions of one entity by its names, wherever their edges still lead, newest first, those of one instant by id. Read while mentions follow a merge or split.
// $key      STRING        key of any alias, 64 hex digits
// $ws       LIST<STRING>  W's asked for
// $since    INTEGER       epoch milliseconds, from here on
// $until    INTEGER       epoch milliseconds, up to here (of a later page: the last row's)
// $mention  STRING|NULL   the page after the row of this mention at $until
// $limit    INTEGER       rows at most, 1..201
// ->        rows LIST<MAP>
// door:     GET /api/entities/{key}/timeline
// try:      :params {key: '9f2c…', ws: ['WHO', 'WHERE'], since: -62135596800000, until: 253402300799999, mention: null, limit: 20}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
MATCH (x)<-[:NAMES]-(a:Alias)
CALL (a) {
  MATCH (e)-[m:WHO]->()
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = CASE WHEN 'WHO' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHO' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
  UNION ALL
  MATCH (e)-[m:WHAT]->()
  USING INDEX SEEK m:WHAT(aid, ts)
  WHERE m.aid = CASE WHEN 'WHAT' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHAT' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
  UNION ALL
  MATCH (e)-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = CASE WHEN 'WHERE' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHERE' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
  UNION ALL
  MATCH (e)-[m:WHEN]->()
  USING INDEX SEEK m:WHEN(aid, ts)
  WHERE m.aid = CASE WHEN 'WHEN' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHEN' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
  UNION ALL
  MATCH (e)-[m:WHY]->()
  USING INDEX SEEK m:WHY(aid, ts)
  WHERE m.aid = CASE WHEN 'WHY' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHY' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
}
WITH e, m, w ORDER BY m.ts DESC, m.id DESC LIMIT $limit
RETURN collect({event: e.id, mention: m.id, ts: m.ts, w: w, precision: e.precision,
                title: e.title, category: e.category, surface: m.surface, role: m.role, alias: m.alias,
                relevance: coalesce(m.relevance, 1.0), weight: m.weight,
                documents: COUNT {
                  MATCH (e)-[r:REPORTED_IN]->(d:Document) WHERE r.closed_at IS NULL RETURN DISTINCT d
                },
                published: EXISTS {
                  MATCH (e)-[r:REPORTED_IN]->(:Document)-[:PUBLISHED_BY]->(s:Source)
                  WHERE r.closed_at IS NULL AND s.name <> ''
                }}) AS rows
