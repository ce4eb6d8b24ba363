// judgements_since: judgements on pairs of aliases, and placements by persons, that were made or revoked after a change number, in order.
// $change  INTEGER  a change number, -1 for all
// ->       j MAP of the judgement's properties
// door:    the resolver's index, pentad check
// try:     :params {change: -1}
MATCH (j:Judgement)
WHERE j.change > $change AND (j.mention IS NULL OR j.by = 'person')
RETURN properties(j) AS j
ORDER BY j.change, j.id
