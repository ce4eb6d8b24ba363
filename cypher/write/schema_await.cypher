// schema_await: waits until every index answers, so that the first read is already an index seek.
// ->      (no row)
// door:   pentad up
// try:    SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE'
CALL db.awaitIndexes(300)
