// merging_revoke: takes judgements back, by whom and in which decision. The rows stay.
// $rows    LIST<MAP>       id, taken_in (decision that took it back itself, or NULL: it rested on what changed)
// $author  STRING          who decided
// $at      ZONED DATETIME  when
// $change  INTEGER         change number of the decision
// ->       revoked INTEGER
// door:    merge, split, reviews, pentad dedupe
// try:     MATCH (j:Judgement) WHERE j.revoked_by IS NOT NULL RETURN j LIMIT 10
UNWIND $rows AS row
MATCH (j:Judgement {id: row.id})
SET j.revoked_at = $at, j.made_change = coalesce(j.made_change, j.change), j.change = $change,
    j.taken_in = row.taken_in, j.revoked_by = $author
RETURN count(j) AS revoked
