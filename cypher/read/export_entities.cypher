// export_entities: entities by key, page by page, with all that is stated of them.
// $after  STRING   key of the last entity seen, empty for the first page
// $since  INTEGER  epoch milliseconds: only those with a mention from here on
// $until  INTEGER  epoch milliseconds: … and up to here
// $limit  INTEGER  rows at most
// ->      entities LIST<MAP> (all properties), last STRING (key to go on after, null at the end)
// door:   GET /api/export
// try:    :params {after: '', since: -62135596800000, until: 253402300799999, limit: 100}
MATCH (x:Entity)
WHERE x.key > $after
WITH x ORDER BY x.key LIMIT $limit
WITH collect(x) AS page
CALL (page) {
  UNWIND page AS x
  WITH x WHERE x.mentions > 0 AND (
    EXISTS { MATCH ()-[m:WHO]->(y) USING INDEX SEEK m:WHO(kid, ts, id)
             WHERE m.kid = x.kid AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL AND y = x }
    OR EXISTS { MATCH ()-[m:WHERE]->(y) USING INDEX SEEK m:WHERE(kid, ts, id)
                WHERE m.kid = x.kid AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL AND y = x }
    OR EXISTS { MATCH ()-[m:WHAT]->(y) USING INDEX SEEK m:WHAT(kid, ts, id)
                WHERE m.kid = x.kid AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL AND y = x }
    OR EXISTS { MATCH ()-[m:WHEN]->(y) USING INDEX SEEK m:WHEN(kid, ts, id)
                WHERE m.kid = x.kid AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL AND y = x }
    OR EXISTS { MATCH ()-[m:WHY]->(y) USING INDEX SEEK m:WHY(kid, ts, id)
                WHERE m.kid = x.kid AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL AND y = x })
  RETURN collect(properties(x)) AS entities
}
RETURN entities, CASE WHEN size(page) = $limit THEN page[-1].key END AS last
