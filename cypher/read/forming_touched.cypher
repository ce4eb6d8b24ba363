// forming_touched: times of what was read in pages since a time, and of events formed of them.
// $since  ZONED DATETIME
// ->      document STRING, ts INTEGER (epoch milliseconds), in order of the time
// door:   jobs of kind event-regroup
// try:    :params {since: datetime('2026-01-01T00:00:00Z')}
MATCH (d:Document)
WHERE d.semantic_at >= $since AND d.event_ts IS NOT NULL
RETURN d.id AS document, d.event_ts AS ts
ORDER BY ts, document
