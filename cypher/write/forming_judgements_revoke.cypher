// forming_judgements_revoke: takes decisions on pairs of documents back, they stay to be seen.
// $ids       LIST<STRING>
// $author    STRING     who takes them back
// $decision  STRING   the decision that does so, empty where none does
// $change    INTEGER    number of the batch
// $at        ZONED DATETIME  when
// ->         revoked INTEGER
// door:      DELETE /api/event-judgements/{id}, jobs of kind event-regroup
// try:       MATCH (j:EventJudgement) WHERE j.revoked_at IS NOT NULL RETURN j LIMIT 25
UNWIND $ids AS id
MATCH (j:EventJudgement {id: id})
WHERE j.revoked_at IS NULL
SET j.revoked_at = $at, j.revoked_by = $author, j.change = $change,
    j.taken_in = CASE WHEN $decision = '' THEN NULL ELSE $decision END
RETURN count(j) AS revoked
