// board_rows: what a board's row shows of the entities that hold some keys now, where all W's count.
// $keys  LIST<STRING>  keys from a board: an entity's, or one that it had before a merge
// ->     rows LIST<MAP> {asked, key, name, kind, mentions, last_seen INTEGER (epoch milliseconds), roles LIST<STRING>}
// door:  GET /api/entities/trending
// try:   :params {keys: ['9f2c…']}
UNWIND $keys AS asked
OPTIONAL MATCH (:Alias {key: asked})-[:NAMES]->(holder:Entity)
OPTIONAL MATCH (own:Entity {key: CASE WHEN holder IS NULL THEN asked END})
WITH asked, coalesce(holder, own) AS x
WHERE x IS NOT NULL
RETURN collect({
  asked: asked, key: x.key, name: x.name, kind: x.kind,
  mentions: x.mentions, last_seen: x.last_seen.epochMillis, roles: coalesce(x.roles, [])
}) AS rows
