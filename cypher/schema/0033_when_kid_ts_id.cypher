// 0033_when_kid_ts_id: WHEN mentions of one entity, ordered by time, then by mention id.
CREATE INDEX when_kid_ts_id IF NOT EXISTS
FOR ()-[m:WHEN]-() ON (m.kid, m.ts, m.id)
