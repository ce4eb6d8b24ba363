// 0106_feed_id_unique: one feed an id.
CREATE CONSTRAINT feed_id_unique IF NOT EXISTS
FOR (n:Feed) REQUIRE n.id IS UNIQUE
