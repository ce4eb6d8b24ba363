// facts_free: facts of a predicate of which many may hold contradict nothing: all are current, and no rule judged them.
// $name  STRING   the predicate
// $at    ZONED DATETIME  when it was declared so
// ->     freed INTEGER
// door:  PUT /api/predicates/{name}
// try:   MATCH (p:Predicate {cardinality: 'many'}) RETURN p
CALL () {
  MATCH (j:FactJudgement {predicate: $name, by: 'rule'})
  WHERE j.revoked_at IS NULL
  SET j.revoked_at = $at, j.revoked_by = ''
}
CALL () {
  MATCH ()-[r:RELATED]->()
  WHERE r.predicate = $name AND r.closed_at IS NULL AND r.state <> 'current'
  SET r.state = 'current'
  REMOVE r.ended_at
  RETURN count(r) AS freed
}
RETURN freed
