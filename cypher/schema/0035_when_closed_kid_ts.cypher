// 0035_when_closed_kid_ts: closed WHEN mentions of one entity: they follow merge and split too.
CREATE INDEX when_closed_kid_ts IF NOT EXISTS
FOR ()-[m:WHEN]-() ON (m.closed_kid, m.ts)
