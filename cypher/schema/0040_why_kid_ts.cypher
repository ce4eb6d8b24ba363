// 0040_why_kid_ts: WHY mentions of one entity, ordered by time.
CREATE INDEX why_kid_ts IF NOT EXISTS
FOR ()-[m:WHY]-() ON (m.kid, m.ts)
