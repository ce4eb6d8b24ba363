// 0079_document_canonical_unique: one Document for each address that was read.
CREATE CONSTRAINT document_canonical_unique IF NOT EXISTS
FOR (n:Document) REQUIRE n.canonical IS UNIQUE
