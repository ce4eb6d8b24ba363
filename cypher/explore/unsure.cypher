// unsure: names that may mean one entity and wait for somebody to decide, most alike first.
// $limit   INTEGER  pairs at most
// ->       score FLOAT, a STRING, b STRING, reason STRING, by STRING, at STRING
// door:    GET /api/reviews, pentad review
// try:     :params {limit: 25}
MATCH (j:Judgement)
WHERE j.verdict = 'unsure' AND j.revoked_at IS NULL AND j.mention IS NULL
MATCH (a:Alias {key: j.a})
MATCH (b:Alias {key: j.b})
RETURN round(j.score, 3) AS score, a.name AS a, b.name AS b, j.reason AS reason, j.by AS by, toString(j.at) AS at
ORDER BY score DESC, a, b LIMIT $limit
