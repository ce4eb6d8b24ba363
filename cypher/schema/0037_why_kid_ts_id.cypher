// 0037_why_kid_ts_id: WHY mentions of one entity, ordered by time, then by mention id.
CREATE INDEX why_kid_ts_id IF NOT EXISTS
FOR ()-[m:WHY]-() ON (m.kid, m.ts, m.id)
