// 0055_related_oalias: relationships whose object is an alias, to follow it.
CREATE INDEX related_oalias IF NOT EXISTS
FOR ()-[r:RELATED]-() ON (r.oalias)
