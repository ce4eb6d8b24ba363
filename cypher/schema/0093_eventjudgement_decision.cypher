// 0093_eventjudgement_decision: judgements of events by the decision that made them.
CREATE INDEX eventjudgement_decision IF NOT EXISTS
FOR (n:EventJudgement) ON (n.decision)
