// 0111_reply_key_unique: one kept answer a request that named itself.
CREATE CONSTRAINT reply_key_unique IF NOT EXISTS
FOR (n:Reply) REQUIRE n.key IS UNIQUE
