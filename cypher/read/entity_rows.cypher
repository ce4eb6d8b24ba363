// entity_rows: the entities that hold some keys now, as lists show them.
// $keys   LIST<STRING>  keys from a board: an entity's, or one that it had before a merge
// ->      rows LIST<MAP> of asked, key, name, kind, mentions, first_seen, last_seen, roles, ws
// door:   GET /api/entities?order=trending_score
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS asked
OPTIONAL MATCH (:Alias {key: asked})-[:NAMES]->(holder:Entity)
OPTIONAL MATCH (own:Entity {key: asked})
WITH asked, coalesce(holder, own) AS x
WHERE x IS NOT NULL
RETURN collect({asked: asked, key: x.key, name: x.name, kind: x.kind, mentions: x.mentions, first_seen: x.first_seen,
                last_seen: x.last_seen, roles: coalesce(x.roles, []), ws: coalesce(x.ws, [])}) AS rows
