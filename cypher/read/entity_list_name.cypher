// entity_list_name: entities that are mentioned, by name in code point order, then by key.
// $kind    STRING|NULL  only this kind
// $name    STRING|NULL  the page after the row with this name …
// $after   STRING|NULL  … and this key
// $limit   INTEGER      rows at most, 1..200
// ->       rows LIST<MAP> of key, name, kind, mentions, first_seen, last_seen, roles, ws
// door:    GET /api/entities?order=name
// try:     :params {kind: null, name: null, after: null, limit: 20}
MATCH (x:Entity)
USING INDEX SEEK x:Entity(name)
WHERE x.name >= coalesce($name, '') AND ($after IS NULL OR x.name > $name OR x.key > $after)
  AND x.mentions > 0 AND ($kind IS NULL OR x.kind = $kind)
WITH x ORDER BY x.name, x.key LIMIT $limit
RETURN collect({key: x.key, name: x.name, kind: x.kind, mentions: x.mentions, first_seen: x.first_seen,
                last_seen: x.last_seen, roles: coalesce(x.roles, []), ws: coalesce(x.ws, [])}) AS rows
