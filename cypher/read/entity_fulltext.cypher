// entity_fulltext: entities with an alias that holds the words asked for, in any script, best match first.
// $words   STRING       a Lucene query made of quoted words only
// $kind    STRING|NULL  only this kind
// $scan    INTEGER      aliases looked at, at most, best first
// $limit   INTEGER      rows at most, 1..200
// ->       rows LIST<MAP> of key, name, kind, mentions, first_seen, last_seen, roles, ws, alias, alias_key, score (of Lucene, a tenth more for each e-fold of mentions)
// door:    GET /api/entities?q=
// try:     :params {words: '"jamal" AND "khashoggi"', kind: null, scan: 1000, limit: 20}
// Full text is kept beside the commit: what was committed before now is awaited.
CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
CALL db.index.fulltext.queryNodes('alias_names', $words, {limit: $scan}) YIELD node AS a, score AS found
MATCH (a)-[:NAMES]->(x:Entity)
WHERE x.mentions > 0 AND ($kind IS NULL OR x.kind = $kind)
WITH x, a, found ORDER BY found DESC, a.mentions DESC, a.key
WITH x, collect(a)[0] AS a, max(found) * (1 + 0.1 * log(1 + x.mentions)) AS score
ORDER BY score DESC, x.mentions DESC, x.key LIMIT $limit
RETURN collect({key: x.key, name: x.name, kind: x.kind, mentions: x.mentions, first_seen: x.first_seen,
                last_seen: x.last_seen, roles: coalesce(x.roles, []), ws: coalesce(x.ws, []),
                alias: a.name, alias_key: a.key, score: score}) AS rows
