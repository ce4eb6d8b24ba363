// ask_texts: events whose title or text holds words of a question, best match first.
// $words   STRING   a Lucene query made of quoted words only
// $since   INTEGER  epoch milliseconds, from here on
// $until   INTEGER  epoch milliseconds, up to here
// $scan    INTEGER  events looked at, at most, best match first
// $limit   INTEGER  events at most
// ->       ids LIST<STRING>
// door:    POST /api/ask
// try:     :params {words: '"ceasefire" OR "truce"', since: -62135596800000, until: 253402300799999, scan: 1000, limit: 100}
// Full text is kept beside the commit: what was committed before now is awaited.
CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
CALL db.index.fulltext.queryNodes('event_texts', $words, {limit: $scan}) YIELD node, score
WITH node AS e, score
WHERE e.ts >= $since AND e.ts <= $until
WITH e, score ORDER BY score DESC, e.id LIMIT $limit
RETURN collect(e.id) AS ids
