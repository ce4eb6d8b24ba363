// 0012_apikey_id_unique: one ApiKey for each id.
CREATE CONSTRAINT apikey_id_unique IF NOT EXISTS
FOR (n:ApiKey) REQUIRE n.id IS UNIQUE
