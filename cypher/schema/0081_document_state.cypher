// 0081_document_state: pages in one state, by time.
CREATE INDEX document_state IF NOT EXISTS
FOR (d:Document) ON (d.state, d.requested_at, d.id)
