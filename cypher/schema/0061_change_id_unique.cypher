// 0061_change_id_unique: one Change for each id.
CREATE CONSTRAINT change_id_unique IF NOT EXISTS
FOR (n:Change) REQUIRE n.id IS UNIQUE
