// 0062_judgement_mention: placements of one mention.
CREATE INDEX judgement_mention IF NOT EXISTS
FOR (j:Judgement) ON (j.mention)
