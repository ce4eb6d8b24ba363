// 0083_document_same_as: addresses that lead to the text of another one.
CREATE INDEX document_same_as IF NOT EXISTS
FOR (d:Document) ON (d.same_as)
