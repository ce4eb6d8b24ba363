// 0010_judgement_id_unique: one Judgement for each id.
CREATE CONSTRAINT judgement_id_unique IF NOT EXISTS
FOR (n:Judgement) REQUIRE n.id IS UNIQUE
