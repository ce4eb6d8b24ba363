// 0092_document_semantic_at: documents by when they were read for claims.
CREATE INDEX document_semantic_at IF NOT EXISTS
FOR (n:Document) ON (n.semantic_at)
