// 0075_about_alias: what claims say of a name, to follow it.
CREATE INDEX about_alias IF NOT EXISTS
FOR ()-[r:ABOUT]-() ON (r.alias)
