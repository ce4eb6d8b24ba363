// 0103_event_retracted: withdrawn events by their retraction.
CREATE INDEX event_retracted IF NOT EXISTS
FOR (n:Event) ON (n.retracted)
