// 0028_what_kid_ts: WHAT mentions of one entity, ordered by time.
CREATE INDEX what_kid_ts IF NOT EXISTS
FOR ()-[m:WHAT]-() ON (m.kid, m.ts)
