// 0053_related_event: relationships of an event, to close them with it.
CREATE INDEX related_event IF NOT EXISTS
FOR ()-[r:RELATED]-() ON (r.event)
