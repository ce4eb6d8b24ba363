// 0025_what_kid_ts_id: WHAT mentions of one entity, ordered by time, then by mention id.
CREATE INDEX what_kid_ts_id IF NOT EXISTS
FOR ()-[m:WHAT]-() ON (m.kid, m.ts, m.id)
