// 0054_related_salias: relationships whose subject is an alias, to follow it.
CREATE INDEX related_salias IF NOT EXISTS
FOR ()-[r:RELATED]-() ON (r.salias)
