// 0065_judgement_deed_at: decisions of one sort, the last first.
CREATE INDEX judgement_deed_at IF NOT EXISTS
FOR (j:Judgement) ON (j.deed, j.at, j.id)
