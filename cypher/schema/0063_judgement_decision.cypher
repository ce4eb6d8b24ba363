// 0063_judgement_decision: what one decision made, to undo it.
CREATE INDEX judgement_decision IF NOT EXISTS
FOR (j:Judgement) ON (j.decision)
