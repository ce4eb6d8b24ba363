// 0004_entity_key_unique: one Entity for each key.
CREATE CONSTRAINT entity_key_unique IF NOT EXISTS
FOR (n:Entity) REQUIRE n.key IS UNIQUE
