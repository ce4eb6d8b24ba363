// facts_revoke: takes judgements on facts back, they stay to be seen.
// $ids     LIST<STRING>
// $author  STRING  who takes them back
// $at      ZONED DATETIME  when
// ->       older, newer, predicate, by STRING
// door:    whatever writes relationships, DELETE /api/fact-judgements/{id}
// try:     MATCH (j:FactJudgement) WHERE j.revoked_at IS NOT NULL RETURN j LIMIT 25
UNWIND $ids AS id
MATCH (j:FactJudgement {id: id})
WHERE j.revoked_at IS NULL
SET j.revoked_at = $at, j.revoked_by = $author
RETURN j.older AS older, j.newer AS newer, j.predicate AS predicate, j.by AS by
