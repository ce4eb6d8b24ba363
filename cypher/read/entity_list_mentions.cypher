// entity_list_mentions: entities of all kinds that are mentioned, most mentions first, then by key.
// $mentions  INTEGER|NULL  the page after the row with this count …
// $after     STRING|NULL   … and this key
// $limit     INTEGER       rows at most, 1..200
// ->         rows LIST<MAP> of key, name, kind, mentions, first_seen, last_seen, roles, ws
// door:      GET /api/entities?order=mention_count
// try:       :params {mentions: null, after: null, limit: 20}
MATCH (x:Entity)
USING INDEX SEEK x:Entity(mentions)
WHERE x.mentions > 0 AND x.mentions <= coalesce($mentions, 9223372036854775807)
  AND ($after IS NULL OR x.mentions < $mentions OR x.key > $after)
WITH x ORDER BY x.mentions DESC, x.key LIMIT $limit
RETURN collect({key: x.key, name: x.name, kind: x.kind, mentions: x.mentions, first_seen: x.first_seen,
                last_seen: x.last_seen, roles: coalesce(x.roles, []), ws: coalesce(x.ws, [])}) AS rows
