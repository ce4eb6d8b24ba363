// fact_judgements: which facts superseded others, with both statements as a graph.
// $limit  INTEGER  judgements at most
// ->      j NODE, paths of the older and of the newer statement
// door:   GET /api/fact-judgements
// try:    :params {limit: 25}
MATCH (j:FactJudgement)
WHERE j.revoked_at IS NULL
WITH j ORDER BY j.at DESC LIMIT $limit
OPTIONAL MATCH older = (:Entity)-[:RELATED {id: j.older}]->(:Entity)
OPTIONAL MATCH newer = (:Entity)-[:RELATED {id: j.newer}]->(:Entity)
RETURN j, older, newer
