// 0078_passage_id_unique: one Passage for each id.
CREATE CONSTRAINT passage_id_unique IF NOT EXISTS
FOR (n:Passage) REQUIRE n.id IS UNIQUE
