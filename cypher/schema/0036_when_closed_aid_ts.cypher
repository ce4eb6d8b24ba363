// 0036_when_closed_aid_ts: closed WHEN mentions of one alias: they follow merge and split too.
CREATE INDEX when_closed_aid_ts IF NOT EXISTS
FOR ()-[m:WHEN]-() ON (m.closed_aid, m.ts)
