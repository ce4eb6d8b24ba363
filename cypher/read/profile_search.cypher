// profile_search: entities whose profiles lie nearest to a vector, by the index.
// $model   STRING       name of the embedder that made the vector
// $vector  LIST<FLOAT>  the vector
// $kind    STRING|NULL  only this kind
// $limit   INTEGER      rows at most, 1..200
// ->       rows LIST<MAP> of key, name, kind, mentions, first_seen, last_seen, roles, ws, alias, alias_key, score (cosine, 0..1)
// door:    GET /api/search with an embedder
// try:     :params {model: 'ngrams-1-384', vector: [n IN range(1, 384) | 0.1], kind: null, limit: 20}
CALL db.index.vector.queryNodes('entity_profiles', $limit, $vector) YIELD node AS p, score
WHERE p.model = $model
MATCH (:Alias {key: p.key})-[:NAMES]->(x:Entity)
WHERE x.mentions > 0 AND ($kind IS NULL OR x.kind = $kind)
WITH x, max(score) AS score ORDER BY score DESC, x.mentions DESC, x.key
RETURN collect({key: x.key, name: x.name, kind: x.kind, mentions: x.mentions, first_seen: x.first_seen,
                last_seen: x.last_seen, roles: coalesce(x.roles, []), ws: coalesce(x.ws, []),
                alias: x.name, alias_key: x.key, score: score}) AS rows
