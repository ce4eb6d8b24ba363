// 0104_document_retracted: withdrawn documents by their retraction.
CREATE INDEX document_retracted IF NOT EXISTS
FOR (n:Document) ON (n.retracted)
