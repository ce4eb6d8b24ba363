// 0036_when_kid_ts: WHEN mentions of one entity, ordered by time.
CREATE INDEX when_kid_ts IF NOT EXISTS
FOR ()-[m:WHEN]-() ON (m.kid, m.ts)
