// 0080_document_requested_at: pages that were asked for, by time.
CREATE INDEX document_requested_at IF NOT EXISTS
FOR (d:Document) ON (d.requested_at, d.id)
