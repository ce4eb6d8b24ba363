// 0039_why_closed_kid_ts: closed WHY mentions of one entity: they follow merge and split too.
CREATE INDEX why_closed_kid_ts IF NOT EXISTS
FOR ()-[m:WHY]-() ON (m.closed_kid, m.ts)
