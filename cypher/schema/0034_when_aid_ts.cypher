// 0034_when_aid_ts: WHEN mentions of one alias, ordered by time.
CREATE INDEX when_aid_ts IF NOT EXISTS
FOR ()-[m:WHEN]-() ON (m.aid, m.ts)
