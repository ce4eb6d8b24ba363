// 0020_judgement_change: the ledger in the order it was written.
CREATE INDEX judgement_change IF NOT EXISTS
FOR (n:Judgement) ON (n.change)
