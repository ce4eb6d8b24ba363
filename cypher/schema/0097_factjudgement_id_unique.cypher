// 0097_factjudgement_id_unique: one judgement of facts an id.
CREATE CONSTRAINT factjudgement_id_unique IF NOT EXISTS
FOR (n:FactJudgement) REQUIRE n.id IS UNIQUE
