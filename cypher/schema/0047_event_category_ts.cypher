// 0047_event_category_ts: events of a category in the order of time.
CREATE INDEX event_category_ts IF NOT EXISTS
FOR (n:Event) ON (n.category, n.ts)
