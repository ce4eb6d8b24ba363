// 0086_interested_in_alias: interests in a name, to follow it.
CREATE INDEX interested_in_alias IF NOT EXISTS
FOR ()-[r:INTERESTED_IN]-() ON (r.alias)
