// 0014_event_ts: events of a period, newest first.
CREATE INDEX event_ts IF NOT EXISTS
FOR (n:Event) ON (n.ts)
