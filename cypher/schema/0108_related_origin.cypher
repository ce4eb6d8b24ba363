// 0108_related_origin: relationships by where they are from.
CREATE INDEX related_origin IF NOT EXISTS
FOR ()-[r:RELATED]-() ON (r.origin)
