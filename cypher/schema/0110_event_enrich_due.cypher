// 0110_event_enrich_due: events whose entities are to be looked up elsewhere, the earliest first.
CREATE INDEX event_enrich_due IF NOT EXISTS
FOR (n:Event) ON (n.enrich_due)
