// past_prefix: names that begin with a text, whatever became of them: the whole name first, then most mentions now.
// $prefix  STRING   normalised, not empty
// $scan    INTEGER  names looked at, at most, in alphabetical order
// $limit   INTEGER  rows at most
// ->       rows LIST of [alias STRING, name STRING, score FLOAT (1 for the whole name, else 0)]
// door:    GET /api/search with as_of, known_at or identity_at
// try:     :params {prefix: 'khashog', scan: 5000, limit: 20}
MATCH (a:Alias)
WHERE a.normalised STARTS WITH $prefix
WITH a ORDER BY a.normalised LIMIT $scan
WITH a, CASE WHEN a.normalised = $prefix THEN 1.0 ELSE 0.0 END AS score
ORDER BY score DESC, a.mentions DESC, a.key LIMIT $limit
RETURN collect([a.key, a.name, score]) AS rows
