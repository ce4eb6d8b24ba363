// entity_prefix: entities with an alias that begins with a text, the whole name first, then most mentions.
// $prefix  STRING       normalised, not empty
// $kind    STRING|NULL  only this kind
// $scan    INTEGER      aliases looked at, at most, in alphabetical order
// $limit   INTEGER      rows at most, 1..200
// ->       rows LIST<MAP> of key, name, kind, mentions, first_seen, last_seen, roles, ws, alias, alias_key, score (1 for the whole name, else 0)
// door:    GET /api/entities?q=
// try:     :params {prefix: 'khashog', kind: null, scan: 5000, limit: 20}
MATCH (a:Alias)
WHERE a.normalised STARTS WITH $prefix
WITH a ORDER BY a.normalised LIMIT $scan
MATCH (a)-[:NAMES]->(x:Entity)
WHERE x.mentions > 0 AND ($kind IS NULL OR x.kind = $kind)
WITH x, a, CASE WHEN a.normalised = $prefix THEN 1.0 ELSE 0.0 END AS score
ORDER BY score DESC, a.mentions DESC, a.key
WITH x, collect(a)[0] AS a, max(score) AS score
ORDER BY score DESC, x.mentions DESC, x.key LIMIT $limit
RETURN collect({key: x.key, name: x.name, kind: x.kind, mentions: x.mentions, first_seen: x.first_seen,
                last_seen: x.last_seen, roles: coalesce(x.roles, []), ws: coalesce(x.ws, []),
                alias: a.name, alias_key: a.key, score: score}) AS rows
