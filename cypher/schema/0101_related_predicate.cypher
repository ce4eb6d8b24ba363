// 0101_related_predicate: relationships by their predicate, for one that is declared anew.
CREATE INDEX related_predicate IF NOT EXISTS
FOR ()-[r:RELATED]-() ON (r.predicate)
