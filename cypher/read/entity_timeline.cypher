// entity_timeline: mentions of one entity, newest first, those of one instant by id, by one index-ordered seek per W that it occurs in.
// $key      STRING        key of any alias, 64 hex digits
// $ws       LIST<STRING>  W's asked for
// $since    INTEGER       epoch milliseconds, from here on
// $until    INTEGER       epoch milliseconds, up to here (of a later page: the last row's)
// $mention  STRING|NULL   the page after the row of this mention at $until
// $limit    INTEGER       rows at most, 1..200
// ->        key STRING, name STRING, kind STRING, total_mentions INTEGER (all live, of any W and time), change INTEGER, beside BOOLEAN (mentions still follow a merge or split), rows LIST<MAP>
// door:     GET /api/entities/{key}/timeline
// try:      :params {key: '9f2c…', ws: ['WHO', 'WHERE'], since: -62135596800000, until: 253402300799999, mention: null, limit: 20}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
OPTIONAL MATCH (g:Gate {name: 'gate'})
CALL (x) {
  CALL (x) {
    MATCH (e)-[m:WHO]->(y)
    USING INDEX SEEK m:WHO(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHO' IN x.ws AND 'WHO' IN $ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until
      AND m.id IS NOT NULL AND (m.ts < $until OR $mention IS NULL OR m.id < $mention) AND y = x
    RETURN e, m, 'WHO' AS w
    ORDER BY m.kid DESC, m.ts DESC, m.id DESC LIMIT $limit
    UNION ALL
    MATCH (e)-[m:WHAT]->(y)
    USING INDEX SEEK m:WHAT(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHAT' IN x.ws AND 'WHAT' IN $ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until
      AND m.id IS NOT NULL AND (m.ts < $until OR $mention IS NULL OR m.id < $mention) AND y = x
    RETURN e, m, 'WHAT' AS w
    ORDER BY m.kid DESC, m.ts DESC, m.id DESC LIMIT $limit
    UNION ALL
    MATCH (e)-[m:WHERE]->(y)
    USING INDEX SEEK m:WHERE(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHERE' IN x.ws AND 'WHERE' IN $ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until
      AND m.id IS NOT NULL AND (m.ts < $until OR $mention IS NULL OR m.id < $mention) AND y = x
    RETURN e, m, 'WHERE' AS w
    ORDER BY m.kid DESC, m.ts DESC, m.id DESC LIMIT $limit
    UNION ALL
    MATCH (e)-[m:WHEN]->(y)
    USING INDEX SEEK m:WHEN(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHEN' IN x.ws AND 'WHEN' IN $ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until
      AND m.id IS NOT NULL AND (m.ts < $until OR $mention IS NULL OR m.id < $mention) AND y = x
    RETURN e, m, 'WHEN' AS w
    ORDER BY m.kid DESC, m.ts DESC, m.id DESC LIMIT $limit
    UNION ALL
    MATCH (e)-[m:WHY]->(y)
    USING INDEX SEEK m:WHY(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHY' IN x.ws AND 'WHY' IN $ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until
      AND m.id IS NOT NULL AND (m.ts < $until OR $mention IS NULL OR m.id < $mention) AND y = x
    RETURN e, m, 'WHY' AS w
    ORDER BY m.kid DESC, m.ts DESC, m.id DESC LIMIT $limit
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
}
RETURN x.key AS key, x.name AS name, x.kind AS kind, coalesce(x.mentions, 0) AS total_mentions,
       coalesce(g.change, 0) AS change, x.beside IS NOT NULL AS beside, rows
LIMIT 1
