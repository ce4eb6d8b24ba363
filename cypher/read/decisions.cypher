// decisions: merges, splits or reviews, the last first, each by the judgement that stands for it.
// $deed   STRING                merge, split or review
// $at     ZONED DATETIME|NULL   the page after the row of this time …
// $id     STRING|NULL           … and this judgement id
// $limit  INTEGER               rows at most, 1..201
// ->      j MAP of the judgement's properties, standing BOOLEAN (false: undone)
// door:   GET /api/merges, GET /api/splits
// try:    :params {deed: 'merge', at: null, id: null, limit: 20}
MATCH (j:Judgement)
WHERE j.deed = $deed AND j.at <= coalesce($at, datetime({year: 9999})) AND j.id IS NOT NULL
  AND ($at IS NULL OR j.at < $at OR j.id < $id)
WITH j ORDER BY j.deed DESC, j.at DESC, j.id DESC LIMIT $limit
RETURN properties(j) AS j, EXISTS { MATCH (k:Judgement {decision: j.decision}) WHERE k.revoked_at IS NULL } AS standing
