// 0005_alias_key_unique: one Alias for each key.
CREATE CONSTRAINT alias_key_unique IF NOT EXISTS
FOR (n:Alias) REQUIRE n.key IS UNIQUE
