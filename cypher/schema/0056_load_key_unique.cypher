// 0056_load_key_unique: one record of progress a file.
CREATE CONSTRAINT load_key_unique IF NOT EXISTS
FOR (n:Load) REQUIRE n.key IS UNIQUE
