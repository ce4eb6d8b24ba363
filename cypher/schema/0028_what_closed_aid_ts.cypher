// 0028_what_closed_aid_ts: closed WHAT mentions of one alias: they follow merge and split too.
CREATE INDEX what_closed_aid_ts IF NOT EXISTS
FOR ()-[m:WHAT]-() ON (m.closed_aid, m.ts)
