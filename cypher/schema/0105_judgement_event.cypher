// 0105_judgement_event: judgements by the event that they are about.
CREATE INDEX judgement_event IF NOT EXISTS
FOR (n:Judgement) ON (n.event)
