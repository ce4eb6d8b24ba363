// replies_forget: drops kept answers that are older than anybody repeats a request.
// $before  ZONED DATETIME
// $limit   INTEGER  answers at most
// ->       replies INTEGER
// door:    the purge, and every erasure
// try:     MATCH (r:Reply) RETURN count(*), min(r.at)
MATCH (r:Reply)
WHERE r.at < $before
WITH r LIMIT $limit
DELETE r
RETURN count(*) AS replies
