// fact_judgements: which facts superseded others, or were told not to, the last decided first.
// $predicate  STRING|NULL   only of this predicate
// $revoked    BOOLEAN       those taken back, too
// $limit      INTEGER       rows at most
// ->          j MAP, older, newer MAP|NULL (subject, object STRING: names as of now)
// door:       GET /api/fact-judgements
// try:        :params {predicate: 'president_of', revoked: FALSE, limit: 20}
MATCH (j:FactJudgement)
WHERE ($predicate IS NULL OR j.predicate = $predicate) AND ($revoked OR j.revoked_at IS NULL)
WITH j ORDER BY j.at DESC, j.id LIMIT $limit
CALL (j) {
  OPTIONAL MATCH (s:Entity)-[r:RELATED {id: j.older}]->(o:Entity)
  RETURN s {subject: s.name, object: o.name} AS older ORDER BY r.closed_at IS NOT NULL LIMIT 1
}
CALL (j) {
  OPTIONAL MATCH (s:Entity)-[r:RELATED {id: j.newer}]->(o:Entity)
  RETURN s {subject: s.name, object: o.name} AS newer ORDER BY r.closed_at IS NOT NULL LIMIT 1
}
RETURN properties(j) AS j, older, newer
