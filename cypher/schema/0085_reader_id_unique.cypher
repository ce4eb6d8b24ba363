// 0085_reader_id_unique: one reader an id.
CREATE CONSTRAINT reader_id_unique IF NOT EXISTS
FOR (n:Reader) REQUIRE n.id IS UNIQUE
