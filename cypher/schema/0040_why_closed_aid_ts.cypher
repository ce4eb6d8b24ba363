// 0040_why_closed_aid_ts: closed WHY mentions of one alias: they follow merge and split too.
CREATE INDEX why_closed_aid_ts IF NOT EXISTS
FOR ()-[m:WHY]-() ON (m.closed_aid, m.ts)
