// eventversion_ts: former versions of events by time.
// ->      (no row)
// door:   pentad up
// try:    MATCH (v:EventVersion) RETURN v.event_id, v.version, v.closed_at ORDER BY v.ts DESC LIMIT 10
CREATE INDEX eventversion_ts IF NOT EXISTS
FOR (v:EventVersion) ON (v.ts)
