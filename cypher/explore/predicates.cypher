// predicates: which predicates events use, how often, and what the graph declares of them.
// $limit  INTEGER  rows at most
// ->      predicate STRING, statements INTEGER, cardinality, scope STRING|NULL
// door:   GET /api/predicates
// try:    :params {limit: 50}
MATCH ()-[r:RELATED]->()
WHERE r.closed_at IS NULL
WITH r.predicate AS predicate, count(r) AS statements
ORDER BY statements DESC, predicate LIMIT $limit
OPTIONAL MATCH (p:Predicate {name: predicate})
RETURN predicate, statements, p.cardinality AS cardinality, p.scope AS scope
