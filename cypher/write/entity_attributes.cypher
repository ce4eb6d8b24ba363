// entity_attributes: shows on entities what their aliases state.
// $rows   LIST<MAP>  key, props (by attribute, NULL takes it away)
// $at     ZONED DATETIME  when recorded
// ->      written INTEGER
// door:   every ingest that states attributes, merge and split
// try:    MATCH (x:Where) WHERE x.path IS NOT NULL RETURN x.name, x.path LIMIT 5
UNWIND $rows AS row
MATCH (x:Entity {key: row.key})
SET x += row.props, x.updated_at = $at
RETURN count(x) AS written
