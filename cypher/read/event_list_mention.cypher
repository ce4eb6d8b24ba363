// event_list_mention: events that mention an entity in one W, newest first, by one index-ordered seek.
// $key       STRING        key of any alias of the entity, 64 hex digits
// $w         STRING        its W in the event
// $others    LIST<MAP>     of key STRING (of any alias), w STRING: what the event must mention besides
// $category  STRING|NULL   only this category
// $since     INTEGER       epoch milliseconds, from here on
// $until     INTEGER       epoch milliseconds, up to here (of a later page: the last row's)
// $after     STRING|NULL   the page after the event with this id at $until
// $limit     INTEGER       rows at most, 1..200
// ->         rows LIST<MAP> of id, version, title, occurred_at, ended_at, precision, ts, category, code, impact, confidence, story, recorded_at
// door:      GET /api/events?who=
// try:       :params {key: '9f2c…', w: 'WHO', others: [], category: null, since: -62135596800000, until: 253402300799999, after: null, limit: 20}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
// Compared as plain values below: a pattern for each of the five W's took twice as long to plan.
CALL () {
  UNWIND $others AS other
  OPTIONAL MATCH (:Alias {key: other.key})-[:NAMES]->(z:Entity)
  RETURN collect({w: other.w, key: z.key}) AS others
}
CALL (x, others) {
  MATCH (e)-[m:WHO]->(y)
  USING INDEX SEEK m:WHO(kid, ts, id)
  WHERE m.kid = CASE WHEN $w = 'WHO' AND 'WHO' IN x.ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until
    AND m.id IS NOT NULL AND y = x AND (m.ts < $until OR $after IS NULL OR e.id < $after)
    AND ($category IS NULL OR e.category = $category)
    AND all(other IN others WHERE other IN COLLECT {
      MATCH (e)-[k:WHO|WHAT|WHERE|WHEN|WHY]->(z)
      WHERE k.kid IS NOT NULL
      RETURN {w: type(k), key: z.key}
    })
  WITH DISTINCT e, m.kid AS kid, m.ts AS ts ORDER BY kid DESC, ts DESC, e.id DESC LIMIT $limit
  RETURN e
  UNION ALL
  MATCH (e)-[m:WHAT]->(y)
  USING INDEX SEEK m:WHAT(kid, ts, id)
  WHERE m.kid = CASE WHEN $w = 'WHAT' AND 'WHAT' IN x.ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until
    AND m.id IS NOT NULL AND y = x AND (m.ts < $until OR $after IS NULL OR e.id < $after)
    AND ($category IS NULL OR e.category = $category)
    AND all(other IN others WHERE other IN COLLECT {
      MATCH (e)-[k:WHO|WHAT|WHERE|WHEN|WHY]->(z)
      WHERE k.kid IS NOT NULL
      RETURN {w: type(k), key: z.key}
    })
  WITH DISTINCT e, m.kid AS kid, m.ts AS ts ORDER BY kid DESC, ts DESC, e.id DESC LIMIT $limit
  RETURN e
  UNION ALL
  MATCH (e)-[m:WHERE]->(y)
  USING INDEX SEEK m:WHERE(kid, ts, id)
  WHERE m.kid = CASE WHEN $w = 'WHERE' AND 'WHERE' IN x.ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until
    AND m.id IS NOT NULL AND y = x AND (m.ts < $until OR $after IS NULL OR e.id < $after)
    AND ($category IS NULL OR e.category = $category)
    AND all(other IN others WHERE other IN COLLECT {
      MATCH (e)-[k:WHO|WHAT|WHERE|WHEN|WHY]->(z)
      WHERE k.kid IS NOT NULL
      RETURN {w: type(k), key: z.key}
    })
  WITH DISTINCT e, m.kid AS kid, m.ts AS ts ORDER BY kid DESC, ts DESC, e.id DESC LIMIT $limit
  RETURN e
  UNION ALL
  MATCH (e)-[m:WHEN]->(y)
  USING INDEX SEEK m:WHEN(kid, ts, id)
  WHERE m.kid = CASE WHEN $w = 'WHEN' AND 'WHEN' IN x.ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until
    AND m.id IS NOT NULL AND y = x AND (m.ts < $until OR $after IS NULL OR e.id < $after)
    AND ($category IS NULL OR e.category = $category)
    AND all(other IN others WHERE other IN COLLECT {
      MATCH (e)-[k:WHO|WHAT|WHERE|WHEN|WHY]->(z)
      WHERE k.kid IS NOT NULL
      RETURN {w: type(k), key: z.key}
    })
  WITH DISTINCT e, m.kid AS kid, m.ts AS ts ORDER BY kid DESC, ts DESC, e.id DESC LIMIT $limit
  RETURN e
  UNION ALL
  MATCH (e)-[m:WHY]->(y)
  USING INDEX SEEK m:WHY(kid, ts, id)
  WHERE m.kid = CASE WHEN $w = 'WHY' AND 'WHY' IN x.ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until
    AND m.id IS NOT NULL AND y = x AND (m.ts < $until OR $after IS NULL OR e.id < $after)
    AND ($category IS NULL OR e.category = $category)
    AND all(other IN others WHERE other IN COLLECT {
      MATCH (e)-[k:WHO|WHAT|WHERE|WHEN|WHY]->(z)
      WHERE k.kid IS NOT NULL
      RETURN {w: type(k), key: z.key}
    })
  WITH DISTINCT e, m.kid AS kid, m.ts AS ts ORDER BY kid DESC, ts DESC, e.id DESC LIMIT $limit
  RETURN e
}
WITH e ORDER BY e.ts DESC, e.id DESC LIMIT $limit
RETURN collect({id: e.id, version: e.version, title: e.title, occurred_at: e.occurred_at, ended_at: e.ended_at,
                precision: e.precision, ts: e.ts, category: e.category, code: e.code, impact: e.impact,
                confidence: e.confidence, story: e.story, recorded_at: e.recorded_at}) AS rows
