// entity_kinds: what some entities are, decided anew.
// $rows   LIST<MAP>  key, label, kind, kind_source
// ->      changed INTEGER
// door:   every ingest
// try:    MATCH (x:Entity) RETURN x.kind, x.kind_source, count(*)
UNWIND $rows AS row
MATCH (x:Entity {key: row.key})
SET x.kind = row.kind, x.kind_source = row.kind_source
REMOVE x:Who:What:Where:When:Why
FOREACH (_ IN CASE WHEN row.label = 'Who' THEN [1] ELSE [] END | SET x:Who)
FOREACH (_ IN CASE WHEN row.label = 'What' THEN [1] ELSE [] END | SET x:What)
FOREACH (_ IN CASE WHEN row.label = 'Where' THEN [1] ELSE [] END | SET x:Where)
FOREACH (_ IN CASE WHEN row.label = 'When' THEN [1] ELSE [] END | SET x:When)
FOREACH (_ IN CASE WHEN row.label = 'Why' THEN [1] ELSE [] END | SET x:Why)
RETURN count(x) AS changed
