// schema_step: records that a schema step has been applied.
// $number    INTEGER  number of the step
// $name      STRING   its file without ending
// $checksum  STRING   sha256 of its text, 64 hex digits
// $at        ZONED DATETIME  when
// ->         number INTEGER
// door:      pentad up
// try:       MATCH (s:SchemaStep) RETURN s ORDER BY s.number
MERGE (s:SchemaStep {number: $number})
SET s.name = $name, s.checksum = $checksum, s.applied_at = $at
RETURN s.number AS number
