// entity_kinds: what some entities are, decided anew.
// $rows   LIST<MAP>       key, label, kind, kind_source
// $at     ZONED DATETIME  when recorded
// ->      changed INTEGER
// door:   every ingest
// try:    MATCH (x:Entity) RETURN x.kind, x.kind_source, count(*)
UNWIND $rows AS row
MATCH (x:Entity {key: row.key})
SET x.kind = row.kind, x.kind_source = row.kind_source, x.version = x.version + 1, x.updated_at = $at
REMOVE x:Who:What:Where:When:Why
SET x:$(row.label)
RETURN count(x) AS changed
