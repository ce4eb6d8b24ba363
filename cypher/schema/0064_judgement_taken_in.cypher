// 0064_judgement_taken_in: what one decision took back, to undo it.
CREATE INDEX judgement_taken_in IF NOT EXISTS
FOR (j:Judgement) ON (j.taken_in)
