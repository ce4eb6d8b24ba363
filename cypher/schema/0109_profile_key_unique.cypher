// 0109_profile_key_unique: one profile an entity key.
CREATE CONSTRAINT profile_key_unique IF NOT EXISTS
FOR (n:Profile) REQUIRE n.key IS UNIQUE
