// 0022_who_aid_ts: WHO mentions of one alias, ordered by time.
CREATE INDEX who_aid_ts IF NOT EXISTS
FOR ()-[m:WHO]-() ON (m.aid, m.ts)
