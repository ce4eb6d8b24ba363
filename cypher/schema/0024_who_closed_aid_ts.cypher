// 0024_who_closed_aid_ts: closed WHO mentions of one alias: they follow merge and split too.
CREATE INDEX who_closed_aid_ts IF NOT EXISTS
FOR ()-[m:WHO]-() ON (m.closed_aid, m.ts)
