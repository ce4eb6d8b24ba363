// retractions: what was withdrawn, the last first, or one of them.
// $id     STRING|NULL  only this one
// $limit  INTEGER      rows at most
// ->      r MAP
// door:   GET /api/retractions
// try:    :params {id: NULL, limit: 20}
MATCH (r:Retraction)
WHERE $id IS NULL OR r.id = $id
WITH r ORDER BY r.at DESC, r.id LIMIT $limit
RETURN properties(r) AS r
