// merges: what persons merged, split or decided in reviews, the last first, each with the names that it spoke of.
// $limit  INTEGER  decisions at most
// ->      a graph: judgements of the decisions, the names they are about, the entities that hold these now
// door:   GET /api/merges, GET /api/splits, GET /api/reviews/decisions
// try:    :params {limit: 10}
MATCH (head:Judgement)
WHERE head.deed IN ['merge', 'split', 'review']
WITH head ORDER BY head.at DESC, head.id LIMIT $limit
MATCH p = (j:Judgement {decision: head.decision})-[:OF]->(:Alias)-[:NAMES]->(:Entity)
RETURN p
