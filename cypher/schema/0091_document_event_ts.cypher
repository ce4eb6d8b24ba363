// 0091_document_event_ts: documents by when what they tell happened, for event forming.
CREATE INDEX document_event_ts IF NOT EXISTS
FOR (n:Document) ON (n.event_ts)
