// 0077_eventjudgement_id_unique: one judgement of events an id.
CREATE CONSTRAINT eventjudgement_id_unique IF NOT EXISTS
FOR (n:EventJudgement) REQUIRE n.id IS UNIQUE
