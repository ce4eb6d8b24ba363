// entity_list_last_seen: entities that are mentioned, last seen first, then by key.
// $kind    STRING|NULL          only this kind
// $seen    ZONED DATETIME|NULL  the page after the row last seen at this time …
// $after   STRING|NULL          … and with this key
// $limit   INTEGER              rows at most, 1..200
// ->       rows LIST<MAP> of key, name, kind, mentions, first_seen, last_seen, roles, ws
// door:    GET /api/entities?order=last_seen
// try:     :params {kind: null, seen: null, after: null, limit: 20}
MATCH (x:Entity)
USING INDEX SEEK x:Entity(last_seen)
WHERE x.last_seen <= coalesce($seen, datetime('9999-12-31T23:59:59.999999999Z'))
  AND ($after IS NULL OR x.last_seen < $seen OR x.key > $after)
  AND x.mentions > 0 AND ($kind IS NULL OR x.kind = $kind)
WITH x ORDER BY x.last_seen DESC, x.key LIMIT $limit
RETURN collect({key: x.key, name: x.name, kind: x.kind, mentions: x.mentions, first_seen: x.first_seen,
                last_seen: x.last_seen, roles: coalesce(x.roles, []), ws: coalesce(x.ws, [])}) AS rows
