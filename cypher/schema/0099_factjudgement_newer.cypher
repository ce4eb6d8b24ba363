// 0099_factjudgement_newer: judgements of facts by the newer statement.
CREATE INDEX factjudgement_newer IF NOT EXISTS
FOR (n:FactJudgement) ON (n.newer)
