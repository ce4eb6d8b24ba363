// 0098_factjudgement_older: judgements of facts by the older statement.
CREATE INDEX factjudgement_older IF NOT EXISTS
FOR (n:FactJudgement) ON (n.older)
