// event_judgements: live judgements whether two documents tell of one event, what waits for a person first.
// $verdict  STRING|NULL  positive, negative or unsure
// $limit    INTEGER      rows at most
// ->        j MAP, a_title STRING, b_title STRING
// door:     GET /api/event-judgements
// try:      :params {verdict: 'unsure', limit: 20}
MATCH (j:EventJudgement)
WHERE j.revoked_at IS NULL AND ($verdict IS NULL OR j.verdict = $verdict)
WITH j ORDER BY j.verdict DESC, j.score DESC, j.id LIMIT $limit
OPTIONAL MATCH (a:Document {id: j.a})
OPTIONAL MATCH (b:Document {id: j.b})
RETURN properties(j) AS j, a.title AS a_title, b.title AS b_title
