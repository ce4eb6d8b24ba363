// 0026_what_aid_ts: WHAT mentions of one alias, ordered by time.
CREATE INDEX what_aid_ts IF NOT EXISTS
FOR ()-[m:WHAT]-() ON (m.aid, m.ts)
