// feed_polled: what came of a look at a feed.
// $id     STRING
// $props  MAP     next_at, polled_at, etag, modified, outcome, listed, failures, title
// ->      kept INTEGER
// door:   jobs of kind feeds
// try:    MATCH (f:Feed) RETURN f.url, f.polled_at, f.outcome
MATCH (f:Feed {id: $id})
SET f += $props
RETURN count(f) AS kept
