// forming_undo: takes a decision on pairs of documents back, and what it took back itself stands again.
// $decision  STRING
// $author    STRING   who takes it back
// $change    INTEGER  number of the batch
// $at        ZONED DATETIME  when
// ->         a STRING, b STRING: one row a judgement taken back
// door:      DELETE /api/event-judgements/{decision}
// try:       MATCH (j:EventJudgement) WHERE j.revoked_at IS NOT NULL RETURN j LIMIT 25
MATCH (j:EventJudgement {decision: $decision})
WHERE j.revoked_at IS NULL AND j.by = 'person'
SET j.revoked_at = $at, j.revoked_by = $author, j.change = $change
WITH collect(j) AS gone
CALL () {
  MATCH (o:EventJudgement {taken_in: $decision})
  SET o.change = $change
  REMOVE o.revoked_at, o.revoked_by, o.taken_in
}
UNWIND gone AS j
RETURN j.a AS a, j.b AS b
ORDER BY a, b
