// 0032_where_closed_aid_ts: closed WHERE mentions of one alias: they follow merge and split too.
CREATE INDEX where_closed_aid_ts IF NOT EXISTS
FOR ()-[m:WHERE]-() ON (m.closed_aid, m.ts)
