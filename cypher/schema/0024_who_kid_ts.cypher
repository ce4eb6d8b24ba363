// 0024_who_kid_ts: WHO mentions of one entity, ordered by time.
CREATE INDEX who_kid_ts IF NOT EXISTS
FOR ()-[m:WHO]-() ON (m.kid, m.ts)
