// 0015_event_boarded: the sweeper finds future events whose time has come.
CREATE INDEX event_boarded IF NOT EXISTS
FOR (n:Event) ON (n.boarded)
