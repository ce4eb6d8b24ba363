// facts_declare: declares a predicate, and answers whose facts are to be looked at anew.
// $name         STRING   the predicate, as relationships have it
// $cardinality  STRING   one or many
// $scope        STRING   subject or object
// ->            name STRING, entities LIST<STRING> (keys that have such relationships)
// door:         PUT /api/predicates/{name}
// try:          MATCH (p:Predicate) RETURN p
MERGE (p:Predicate {name: $name})
SET p.cardinality = $cardinality, p.scope = $scope
WITH p
CALL (p) {
  MATCH (s:Entity)-[r:RELATED]->()
  WHERE r.predicate = p.name AND r.closed_at IS NULL
  RETURN collect(DISTINCT s.key) AS entities
}
RETURN p.name AS name, entities
