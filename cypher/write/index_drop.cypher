// index_drop: takes one index away, until its schema step is applied again.
// $name  STRING
// ->     (no row)
// door:  pentad import
// try:   SHOW INDEXES YIELD name, state
DROP INDEX $name IF EXISTS
