// past_mentions: mentions of some names as they were recorded by a time, newest first, those of one instant by id: live ones, and those of versions that were closed later.
// $keys     LIST<STRING>    alias keys
// $ws       LIST<STRING>    W's asked for
// $since    INTEGER         epoch milliseconds, from here on
// $until    INTEGER         epoch milliseconds, up to here (of a later page: the last row's)
// $known    ZONED DATETIME  recorded by then, and not closed yet
// $but      LIST<STRING>    mention ids that stood on another name then
// $mention  STRING|NULL     the page after the row of this mention at $until
// $limit    INTEGER         rows at most
// ->        rows LIST<MAP> of event, mention, ts, w, alias, alias0, surface, role, relevance, weight
// door:     GET /api/entities/{key}/timeline, /co-mentions, /neighbourhood with known_at or identity_at
// try:      :params {keys: ['9f2c…'], ws: ['WHO'], since: 0, until: 1735689600000, known: datetime(), but: [], mention: null, limit: 25}
UNWIND $keys AS key
MATCH (a:Alias {key: key})
CALL (a) {
  MATCH (e)-[m:WHO]->()
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = CASE WHEN 'WHO' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHO' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
  UNION ALL
  MATCH (e)-[m:WHO]->()
  USING INDEX SEEK m:WHO(closed_aid, ts)
  WHERE m.closed_aid = CASE WHEN 'WHO' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHO' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
  UNION ALL
  MATCH (e)-[m:WHAT]->()
  USING INDEX SEEK m:WHAT(aid, ts)
  WHERE m.aid = CASE WHEN 'WHAT' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHAT' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
  UNION ALL
  MATCH (e)-[m:WHAT]->()
  USING INDEX SEEK m:WHAT(closed_aid, ts)
  WHERE m.closed_aid = CASE WHEN 'WHAT' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHAT' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
  UNION ALL
  MATCH (e)-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = CASE WHEN 'WHERE' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHERE' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
  UNION ALL
  MATCH (e)-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(closed_aid, ts)
  WHERE m.closed_aid = CASE WHEN 'WHERE' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHERE' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
  UNION ALL
  MATCH (e)-[m:WHEN]->()
  USING INDEX SEEK m:WHEN(aid, ts)
  WHERE m.aid = CASE WHEN 'WHEN' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHEN' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
  UNION ALL
  MATCH (e)-[m:WHEN]->()
  USING INDEX SEEK m:WHEN(closed_aid, ts)
  WHERE m.closed_aid = CASE WHEN 'WHEN' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHEN' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
  UNION ALL
  MATCH (e)-[m:WHY]->()
  USING INDEX SEEK m:WHY(aid, ts)
  WHERE m.aid = CASE WHEN 'WHY' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHY' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
  UNION ALL
  MATCH (e)-[m:WHY]->()
  USING INDEX SEEK m:WHY(closed_aid, ts)
  WHERE m.closed_aid = CASE WHEN 'WHY' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but AND (m.ts < $until OR $mention IS NULL OR m.id < $mention)
  RETURN e, m, 'WHY' AS w
  ORDER BY m.ts DESC, m.id DESC LIMIT $limit
}
WITH e, m, w ORDER BY m.ts DESC, m.id DESC LIMIT $limit
RETURN collect({event: e.id, mention: m.id, ts: m.ts, w: w, alias: m.alias, alias0: coalesce(m.alias0, m.alias),
                surface: m.surface, role: m.role, relevance: coalesce(m.relevance, 1.0), weight: m.weight}) AS rows
