// past_often: how often some names were mentioned by a time, as it was recorded by a time, by W (at least so often where a count is $most).
// $keys   LIST<STRING>    alias keys
// $until  INTEGER         epoch milliseconds, up to here
// $known  ZONED DATETIME  recorded by then, and not closed yet
// $but    LIST<STRING>    mention ids that stood on another name then
// $most   INTEGER         mentions counted at most, of each name and W, live and closed apart
// ->      key STRING, w STRING, mentions INTEGER
// door:   GET /api/paths with known_at or identity_at
// try:    :params {keys: ['9f2c…'], until: 1735689600000, known: datetime(), but: [], most: 2000}
UNWIND $keys AS key
MATCH (a:Alias {key: key})
CALL (a) {
  MATCH ()-[m:WHO]->()
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = a.aid AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but
  WITH m LIMIT $most
  RETURN 'WHO' AS w, count(m) AS n
  UNION ALL
  MATCH ()-[m:WHO]->()
  USING INDEX SEEK m:WHO(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but
  WITH m LIMIT $most
  RETURN 'WHO' AS w, count(m) AS n
  UNION ALL
  MATCH ()-[m:WHAT]->()
  USING INDEX SEEK m:WHAT(aid, ts)
  WHERE m.aid = a.aid AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but
  WITH m LIMIT $most
  RETURN 'WHAT' AS w, count(m) AS n
  UNION ALL
  MATCH ()-[m:WHAT]->()
  USING INDEX SEEK m:WHAT(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but
  WITH m LIMIT $most
  RETURN 'WHAT' AS w, count(m) AS n
  UNION ALL
  MATCH ()-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = a.aid AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but
  WITH m LIMIT $most
  RETURN 'WHERE' AS w, count(m) AS n
  UNION ALL
  MATCH ()-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but
  WITH m LIMIT $most
  RETURN 'WHERE' AS w, count(m) AS n
  UNION ALL
  MATCH ()-[m:WHEN]->()
  USING INDEX SEEK m:WHEN(aid, ts)
  WHERE m.aid = a.aid AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but
  WITH m LIMIT $most
  RETURN 'WHEN' AS w, count(m) AS n
  UNION ALL
  MATCH ()-[m:WHEN]->()
  USING INDEX SEEK m:WHEN(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but
  WITH m LIMIT $most
  RETURN 'WHEN' AS w, count(m) AS n
  UNION ALL
  MATCH ()-[m:WHY]->()
  USING INDEX SEEK m:WHY(aid, ts)
  WHERE m.aid = a.aid AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND NOT m.id IN $but
  WITH m LIMIT $most
  RETURN 'WHY' AS w, count(m) AS n
  UNION ALL
  MATCH ()-[m:WHY]->()
  USING INDEX SEEK m:WHY(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts <= $until AND m.alias = a.key
    AND m.recorded_at <= $known AND m.closed_at > $known AND NOT m.id IN $but
  WITH m LIMIT $most
  RETURN 'WHY' AS w, count(m) AS n
}
WITH a, w, sum(n) AS mentions WHERE mentions > 0
RETURN a.key AS key, w, mentions
