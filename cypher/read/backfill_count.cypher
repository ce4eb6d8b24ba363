// backfill_count: how many events occurred since a time.
// $since  INTEGER  epoch milliseconds
// ->      n INTEGER
// door:   pentad extract-entities
// try:    :params {since: 0}
MATCH (e:Event)
WHERE e.ts >= $since
RETURN count(e) AS n
