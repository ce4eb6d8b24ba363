// 0023_who_closed_kid_ts: closed WHO mentions of one entity: they follow merge and split too.
CREATE INDEX who_closed_kid_ts IF NOT EXISTS
FOR ()-[m:WHO]-() ON (m.closed_kid, m.ts)
