// merging_deed: what a decision was and did, on the judgement that stands for it.
// $id    STRING  id of the judgement
// $deed  STRING  merge, split or review
// $told  STRING  JSON: entities, what moved
// ->     told INTEGER
// door:  merge, split, reviews
// try:   MATCH (j:Judgement) WHERE j.deed IS NOT NULL RETURN j.deed, j.told, j.at ORDER BY j.at DESC LIMIT 10
MATCH (j:Judgement {id: $id})
SET j.deed = $deed, j.told = $told
RETURN count(j) AS told
