// board_rows_as_of: the same as board_rows, mentions and last_seen as they stood at a time.
// $keys  LIST<STRING>  keys from a board: an entity's, or one that it had before a merge
// $at    INTEGER       epoch milliseconds, nothing later counts
// ->     rows LIST<MAP> {asked, key, name, kind, mentions, last_seen INTEGER (epoch milliseconds), roles LIST<STRING>}
// door:  GET /api/entities/trending?as_of=
// try:   :params {keys: ['9f2c…'], at: 1735689600000}
UNWIND $keys AS asked
OPTIONAL MATCH (:Alias {key: asked})-[:NAMES]->(holder:Entity)
OPTIONAL MATCH (own:Entity {key: CASE WHEN holder IS NULL THEN asked END})
WITH asked, coalesce(holder, own) AS x
WHERE x IS NOT NULL
CALL (x) {
  MATCH (x)<-[m:WHO|WHAT|WHERE|WHEN|WHY]-()
  WHERE m.kid IS NOT NULL AND m.ts <= $at
  RETURN count(m) AS mentions, max(m.ts) AS last
}
RETURN collect({
  asked: asked, key: x.key, name: x.name, kind: x.kind,
  mentions: mentions, last_seen: last, roles: coalesce(x.roles, [])
}) AS rows
