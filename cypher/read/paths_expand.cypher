// paths_expand: with whom the newest events of some entities name them, one row an entity: a step of a search for paths.
// $keys    LIST<STRING>  keys of the entities themselves
// $ws      LIST<STRING>  W's that connect (an entity that occurs in none of them is looked at in its own)
// $since   INTEGER       epoch milliseconds, from here on
// $until   INTEGER       epoch milliseconds, up to here
// $budget  INTEGER       newest mentions per W and entity that are looked at
// $most    INTEGER       pairs of event and other entity that are kept of each
// $few     INTEGER       events told of each pair, newest first
// ->       key STRING, seen INTEGER (mentions looked at), pairs INTEGER (looked at before $most cut them), beside BOOLEAN (mentions still follow a merge or split), others LIST<LIST<ANY>> (key, mentions, distinct events, ids, times in epoch milliseconds)
// door:    GET /api/paths
// try:     :params {keys: ['9f2c…'], ws: ['WHO', 'WHERE'], since: -62135596800000, until: 253402300799999, budget: 100, most: 400, few: 3}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
WITH x, [w IN x.ws WHERE w IN $ws] AS asked
WITH x, CASE WHEN asked = [] THEN x.ws ELSE asked END AS own
CALL (x, own) {
  CALL (x, own) {
    MATCH (e)-[m:WHO]->(y)
    USING INDEX SEEK m:WHO(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHO' IN own THEN x.kid END AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
    UNION ALL
    MATCH (e)-[m:WHAT]->(y)
    USING INDEX SEEK m:WHAT(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHAT' IN own THEN x.kid END AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
    UNION ALL
    MATCH (e)-[m:WHERE]->(y)
    USING INDEX SEEK m:WHERE(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHERE' IN own THEN x.kid END AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
    UNION ALL
    MATCH (e)-[m:WHEN]->(y)
    USING INDEX SEEK m:WHEN(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHEN' IN own THEN x.kid END AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
    UNION ALL
    MATCH (e)-[m:WHY]->(y)
    USING INDEX SEEK m:WHY(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHY' IN own THEN x.kid END AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN e
  }
  WITH x, count(*) AS seen, collect(DISTINCT e) AS events
  CALL (x, events) {
    UNWIND events AS e
    MATCH (e)-[k:WHO|WHAT|WHERE|WHEN|WHY]->(o:Entity)
    WHERE type(k) IN $ws AND k.kid IS NOT NULL AND o <> x
    WITH DISTINCT e, o
    WITH e, o ORDER BY e.ts DESC, e.id LIMIT $most
    WITH o, collect(e) AS shared
    RETURN sum(size(shared)) AS pairs,
           collect([o.key, coalesce(o.mentions, 0), size(shared), [e IN shared[..$few] | e.id],
                    [e IN shared[..$few] | e.ts]]) AS others
  }
  RETURN seen, pairs, others
}
RETURN x.key AS key, seen, pairs, x.beside IS NOT NULL AS beside, others
