// merging_settle: judgements of an undone decision that a later one took back: its undo does not bring them back.
// $ids       LIST<STRING>  judgement ids
// $decision  STRING        id of the decision that undoes
// ->         settled INTEGER
// door:      DELETE /api/merges/{id}, pentad undo
// try:       MATCH (j:Judgement) WHERE j.taken_in IS NOT NULL RETURN j LIMIT 10
UNWIND $ids AS id
MATCH (j:Judgement {id: id})
WHERE j.taken_in IS NOT NULL
SET j.taken_in = $decision
RETURN count(j) AS settled
