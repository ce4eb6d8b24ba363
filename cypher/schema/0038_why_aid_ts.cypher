// 0038_why_aid_ts: WHY mentions of one alias, ordered by time.
CREATE INDEX why_aid_ts IF NOT EXISTS
FOR ()-[m:WHY]-() ON (m.aid, m.ts)
