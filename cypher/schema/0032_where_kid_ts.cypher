// 0032_where_kid_ts: WHERE mentions of one entity, ordered by time.
CREATE INDEX where_kid_ts IF NOT EXISTS
FOR ()-[m:WHERE]-() ON (m.kid, m.ts)
