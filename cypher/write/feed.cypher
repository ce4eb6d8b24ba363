// feed: a feed that is polled, or how often one is.
// $id     STRING   hash of its address
// $url    STRING
// $every  INTEGER  seconds
// $at     ZONED DATETIME  when it was added, and is looked at first
// ->      f MAP
// door:   POST /api/feeds
// try:    MATCH (f:Feed) RETURN f
MERGE (f:Feed {id: $id})
ON CREATE SET f.url = $url, f.created_at = $at, f.outcome = 'never looked at', f.listed = 0, f.failures = 0
SET f.every = $every, f.next_at = $at
RETURN properties(f) AS f
