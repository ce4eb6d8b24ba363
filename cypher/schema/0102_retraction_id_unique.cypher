// 0102_retraction_id_unique: one retraction an id.
CREATE CONSTRAINT retraction_id_unique IF NOT EXISTS
FOR (n:Retraction) REQUIRE n.id IS UNIQUE
