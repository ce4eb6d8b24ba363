// 0066_judgement_verdict: what is unsure and what parts, for reviews.
CREATE INDEX judgement_verdict IF NOT EXISTS
FOR (j:Judgement) ON (j.verdict)
