// 0029_where_kid_ts_id: WHERE mentions of one entity, ordered by time, then by mention id.
CREATE INDEX where_kid_ts_id IF NOT EXISTS
FOR ()-[m:WHERE]-() ON (m.kid, m.ts, m.id)
