// 0030_where_aid_ts: WHERE mentions of one alias, ordered by time.
CREATE INDEX where_aid_ts IF NOT EXISTS
FOR ()-[m:WHERE]-() ON (m.aid, m.ts)
