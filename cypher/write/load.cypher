// load: keeps how far the load of a file came.
// $key    STRING  fingerprint of the file and its mapping
// $props  MAP     name, records, position, offset, whole
// $at     ZONED DATETIME  now
// ->      records INTEGER
// door:   pentad ingest
// try:    MATCH (l:Load) RETURN l.name, l.records, l.whole, l.updated_at ORDER BY l.updated_at DESC LIMIT 5
MERGE (l:Load {key: $key})
  ON CREATE SET l.started_at = $at
SET l += $props, l.updated_at = $at
RETURN l.records AS records
