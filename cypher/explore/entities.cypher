// entities: the entities of a kind that are mentioned most.
// $kind    STRING   such as 'person', see docs/graph.md
// $limit   INTEGER  rows at most
// ->       name STRING, kind STRING, mentions INTEGER, last_seen STRING, aliases LIST<STRING>, key STRING
// door:    GET /api/entities?kind=
// try:     :params {kind: 'person', limit: 25}
MATCH (x:Entity)
WHERE x.mentions > 0 AND x.kind = $kind
RETURN x.name AS name, x.kind AS kind, x.mentions AS mentions, toString(x.last_seen) AS last_seen,
       x.aliases[..5] AS aliases, x.key AS key
ORDER BY mentions DESC, key LIMIT $limit
