// events_about: events whose title or text holds these words, best match first.
// $words   STRING   a Lucene query: words in quotes, AND between them
// $limit   INTEGER  rows at most
// ->       at STRING, title STRING, who LIST<STRING>, where LIST<STRING>, score FLOAT, id STRING
// door:    GET /api/events?text=
// try:     :params {words: '"refugees" AND "border"', limit: 10}
// Full text is kept beside the commit: what was committed before now is awaited.
CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
CALL db.index.fulltext.queryNodes('event_texts', $words, {limit: $limit}) YIELD node AS e, score
RETURN toString(e.occurred_at) AS at, e.title AS title,
       [(e)-[m:WHO]->(x) WHERE m.kid IS NOT NULL | x.name] AS who,
       [(e)-[m:WHERE]->(x) WHERE m.kid IS NOT NULL | x.name] AS where, round(score, 2) AS score, e.id AS id
ORDER BY score DESC, at DESC
