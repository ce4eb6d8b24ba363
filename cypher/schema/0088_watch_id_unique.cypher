// 0088_watch_id_unique: one watch an id.
CREATE CONSTRAINT watch_id_unique IF NOT EXISTS
FOR (n:Watch) REQUIRE n.id IS UNIQUE
