// 0082_document_content_hash: pages by their text.
CREATE INDEX document_content_hash IF NOT EXISTS
FOR (d:Document) ON (d.content_hash)
