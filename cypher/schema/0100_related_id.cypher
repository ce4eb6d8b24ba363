// 0100_related_id: relationships by their id.
CREATE INDEX related_id IF NOT EXISTS
FOR ()-[r:RELATED]-() ON (r.id)
