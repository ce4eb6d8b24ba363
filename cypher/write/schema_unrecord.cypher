// schema_unrecord: forgets that some schema steps were applied, so that whoever brings the schema up next applies them.
// $numbers  LIST<INTEGER>
// ->        forgotten INTEGER
// door:     pentad import
// try:      MATCH (s:SchemaStep) RETURN s ORDER BY s.number
MATCH (s:SchemaStep)
WHERE s.number IN $numbers
DELETE s
RETURN count(*) AS forgotten
