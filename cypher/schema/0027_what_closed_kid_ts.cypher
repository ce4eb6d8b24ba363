// 0027_what_closed_kid_ts: closed WHAT mentions of one entity: they follow merge and split too.
CREATE INDEX what_closed_kid_ts IF NOT EXISTS
FOR ()-[m:WHAT]-() ON (m.closed_kid, m.ts)
