// 0014_event_change: projections follow events by the change number of their latest version.
CREATE INDEX event_change IF NOT EXISTS
FOR (n:Event) ON (n.change)
