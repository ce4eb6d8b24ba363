// past_counts: how often some names were mentioned by a time, as it was recorded by a time, by W and role.
// $keys   LIST<STRING>    alias keys
// $ws     LIST<STRING>    W's asked for
// $since  INTEGER         epoch milliseconds, from here on
// $until  INTEGER         epoch milliseconds, up to here
// $known  ZONED DATETIME  recorded by then, and not closed yet
// $but    LIST<STRING>    mention ids that stood on another name then
// ->      key STRING, w STRING, role STRING, mentions INTEGER, first INTEGER, last INTEGER (epoch milliseconds)
// door:   GET /api/entities/{key} and /trending with as_of, known_at or identity_at
// try:    :params {keys: ['9f2c…'], ws: ['WHO'], since: 0, until: 1735689600000, known: datetime(), but: []}
UNWIND $keys AS key
MATCH (a:Alias {key: key})
CALL (a) {
  MATCH (e)-[m:WHO]->()
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = CASE WHEN 'WHO' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but
  RETURN 'WHO' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  MATCH (e)-[m:WHO]->()
  USING INDEX SEEK m:WHO(closed_aid, ts)
  WHERE m.closed_aid = CASE WHEN 'WHO' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but
  RETURN 'WHO' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  MATCH (e)-[m:WHAT]->()
  USING INDEX SEEK m:WHAT(aid, ts)
  WHERE m.aid = CASE WHEN 'WHAT' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but
  RETURN 'WHAT' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  MATCH (e)-[m:WHAT]->()
  USING INDEX SEEK m:WHAT(closed_aid, ts)
  WHERE m.closed_aid = CASE WHEN 'WHAT' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but
  RETURN 'WHAT' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  MATCH (e)-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = CASE WHEN 'WHERE' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but
  RETURN 'WHERE' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  MATCH (e)-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(closed_aid, ts)
  WHERE m.closed_aid = CASE WHEN 'WHERE' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but
  RETURN 'WHERE' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  MATCH (e)-[m:WHEN]->()
  USING INDEX SEEK m:WHEN(aid, ts)
  WHERE m.aid = CASE WHEN 'WHEN' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but
  RETURN 'WHEN' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  MATCH (e)-[m:WHEN]->()
  USING INDEX SEEK m:WHEN(closed_aid, ts)
  WHERE m.closed_aid = CASE WHEN 'WHEN' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but
  RETURN 'WHEN' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  MATCH (e)-[m:WHY]->()
  USING INDEX SEEK m:WHY(aid, ts)
  WHERE m.aid = CASE WHEN 'WHY' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but
  RETURN 'WHY' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
  UNION ALL
  MATCH (e)-[m:WHY]->()
  USING INDEX SEEK m:WHY(closed_aid, ts)
  WHERE m.closed_aid = CASE WHEN 'WHY' IN $ws THEN a.aid END AND m.ts >= $since AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but
  RETURN 'WHY' AS w, coalesce(m.role, '') AS role, count(m) AS mentions, min(m.ts) AS first, max(m.ts) AS last
}
WITH key, w, role, sum(mentions) AS mentions, min(first) AS first, max(last) AS last
WHERE mentions > 0
RETURN key, w, role, mentions, first, last
ORDER BY key, w, role
