// search: entities with an alias that holds these words, in any script, best match first.
// $words   STRING   a Lucene query: words in quotes, AND between them
// $limit   INTEGER  rows at most
// ->       name STRING, matched STRING, kind STRING, mentions INTEGER, score FLOAT, key STRING
// door:    GET /api/entities?q=, GET /api/search
// try:     :params {words: '"francis"', limit: 25}
// Full text is kept beside the commit: what was committed before now is awaited.
CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
CALL db.index.fulltext.queryNodes('alias_names', $words, {limit: 1000}) YIELD node, score
MATCH (node)-[:NAMES]->(x:Entity)
WITH x, collect(node.name)[0] AS matched, max(score) AS score
RETURN x.name AS name, matched, x.kind AS kind, x.mentions AS mentions, round(score, 2) AS score, x.key AS key
ORDER BY score DESC, mentions DESC LIMIT $limit
