// feeds: feeds that are polled, with what came of the last look.
// $limit  INTEGER  rows at most
// ->      url, title, outcome STRING, polled_at, next_at ZONED DATETIME, listed INTEGER
// door:   GET /api/feeds
// try:    :params {limit: 50}
MATCH (f:Feed)
RETURN f.url AS url, f.title AS title, f.outcome AS outcome, f.polled_at AS polled_at, f.next_at AS next_at,
       f.listed AS listed
ORDER BY url LIMIT $limit
