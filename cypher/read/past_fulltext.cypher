// past_fulltext: names that hold the words asked for, in any script, whatever became of them, best match first.
// $words   STRING   a Lucene query made of quoted words only
// $limit   INTEGER  rows at most
// ->       rows LIST of [alias STRING, name STRING, score FLOAT (of Lucene)]
// door:    GET /api/search with as_of, known_at or identity_at
// try:     :params {words: '"jamal" AND "khashoggi"', limit: 20}
// Full text is kept beside the commit: what was committed before now is awaited.
CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
CALL db.index.fulltext.queryNodes('alias_names', $words, {limit: $limit}) YIELD node AS a, score
WITH a, score ORDER BY score DESC, a.mentions DESC, a.key
RETURN collect([a.key, a.name, score]) AS rows
