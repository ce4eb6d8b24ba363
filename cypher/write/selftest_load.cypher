// selftest_load: must be refused: a Neo4j that runs it reads files or addresses for whoever may ask it something.
// $address  STRING  of a file, or of nobody on this machine
// ->        row LIST<STRING>
// door:     GET /readyz, once a process
// try:      SHOW SETTINGS YIELD name, value WHERE name CONTAINS 'csv' RETURN name, value
LOAD CSV FROM $address AS row
RETURN row
LIMIT 1
