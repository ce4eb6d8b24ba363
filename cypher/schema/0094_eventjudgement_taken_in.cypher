// 0094_eventjudgement_taken_in: judgements of events by the decision that took them back.
CREATE INDEX eventjudgement_taken_in IF NOT EXISTS
FOR (n:EventJudgement) ON (n.taken_in)
