// 0021_who_kid_ts_id: WHO mentions of one entity, ordered by time, then by mention id.
CREATE INDEX who_kid_ts_id IF NOT EXISTS
FOR ()-[m:WHO]-() ON (m.kid, m.ts, m.id)
