// schema_steps: the schema steps that this graph has had, in order.
// ->      number INTEGER, name STRING, checksum STRING
// door:   pentad up, pentad doctor
// try:    MATCH (s:SchemaStep) RETURN s.number, s.name ORDER BY s.number
MATCH (s:SchemaStep)
RETURN s.number AS number, s.name AS name, s.checksum AS checksum
ORDER BY number
