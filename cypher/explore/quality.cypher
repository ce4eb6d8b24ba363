// quality: what persons have decided of pairs that were joined or asked by rule, online or by a batch, by verdict.
// $limit   INTEGER  rows at most
// ->       by STRING, verdict STRING, pairs INTEGER, agreed INTEGER, denied INTEGER
// door:    GET /api/quality
// try:     :params {limit: 20}
MATCH (j:Judgement)
WHERE j.by <> 'person' AND j.mention IS NULL
OPTIONAL MATCH (j)-[:OF]->(a:Alias)<-[:OF]-(p:Judgement {by: 'person'})-[:OF]->(b:Alias)<-[:OF]-(j)
WHERE elementId(a) < elementId(b) AND p.revoked_at IS NULL
WITH j, collect(DISTINCT p.verdict) AS said
RETURN j.by AS by, j.verdict AS verdict, count(j) AS pairs,
       sum(CASE WHEN 'positive' IN said THEN 1 ELSE 0 END) AS agreed,
       sum(CASE WHEN 'negative' IN said THEN 1 ELSE 0 END) AS denied
ORDER BY pairs DESC LIMIT $limit
