// firings_purge: drops what watches told long ago. Run until 0.
// $before  ZONED DATETIME
// $limit   INTEGER  at most
// ->       purged INTEGER
// door:    the schedule watches
// try:     MATCH (f:Firing) RETURN f ORDER BY f.at LIMIT 10
MATCH (f:Firing)
WHERE f.at < $before
WITH f LIMIT $limit
DELETE f
RETURN count(*) AS purged
