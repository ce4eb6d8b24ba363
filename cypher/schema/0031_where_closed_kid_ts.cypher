// 0031_where_closed_kid_ts: closed WHERE mentions of one entity: they follow merge and split too.
CREATE INDEX where_closed_kid_ts IF NOT EXISTS
FOR ()-[m:WHERE]-() ON (m.closed_kid, m.ts)
