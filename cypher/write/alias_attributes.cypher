// alias_attributes: keeps on aliases what was stated of them.
// $rows   LIST<MAP>  key, attributes (JSON: name to [value, epoch milliseconds, event id])
// ->      written INTEGER
// door:   every ingest that states attributes
// try:    MATCH (a:Alias) WHERE a.attributes IS NOT NULL RETURN a.name, a.attributes LIMIT 5
UNWIND $rows AS row
MATCH (a:Alias {key: row.key})
SET a.attributes = row.attributes
RETURN count(a) AS written
