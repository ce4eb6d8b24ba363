// judgements_revoke: takes decisions back. The rows stay.
// $ids     LIST<STRING>  judgement ids
// $at      ZONED DATETIME  when
// $change  INTEGER  change number of the batch
// ->       revoked INTEGER
// door:    every ingest, reviews
// try:     MATCH (j:Judgement) WHERE j.revoked_at IS NOT NULL RETURN j LIMIT 10
UNWIND $ids AS id
MATCH (j:Judgement {id: id})
SET j.revoked_at = $at, j.made_change = coalesce(j.made_change, j.change), j.change = $change
RETURN count(j) AS revoked
