// feeds: feeds that are polled, all or those whose time has come.
// $due    ZONED DATETIME|NULL  only those that are to be looked at by then
// $limit  INTEGER  rows at most
// ->      f MAP
// door:   GET /api/feeds
// try:    :params {due: NULL, limit: 50}
MATCH (f:Feed)
WHERE $due IS NULL OR f.next_at <= $due
WITH f ORDER BY CASE WHEN $due IS NULL THEN f.url ELSE toString(f.next_at) END, f.id LIMIT $limit
RETURN properties(f) AS f
