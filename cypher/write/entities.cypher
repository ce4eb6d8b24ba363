// entities: founds entities. What they are is a label beside Entity.
// $rows   LIST<MAP>  key, kid, label, props (name, kind, kind_source, attributes …)
// $at     ZONED DATETIME  when recorded
// ->      founded INTEGER
// door:   every ingest
// try:    MATCH (x:Entity) RETURN x ORDER BY x.created_at DESC LIMIT 5
UNWIND $rows AS row
MERGE (x:Entity {key: row.key})
SET x.kid = row.kid, x += row.props, x.created_at = $at, x.updated_at = $at
FOREACH (_ IN CASE WHEN row.label = 'Who' THEN [1] ELSE [] END | SET x:Who)
FOREACH (_ IN CASE WHEN row.label = 'What' THEN [1] ELSE [] END | SET x:What)
FOREACH (_ IN CASE WHEN row.label = 'Where' THEN [1] ELSE [] END | SET x:Where)
FOREACH (_ IN CASE WHEN row.label = 'When' THEN [1] ELSE [] END | SET x:When)
FOREACH (_ IN CASE WHEN row.label = 'Why' THEN [1] ELSE [] END | SET x:Why)
RETURN count(x) AS founded
