// drill_unlock: takes a constraint away, so that a drill can put in its way what it forbids.
// ->       nothing
// door:    pentad drill, on the graph of its own
// try:     SHOW CONSTRAINTS
DROP CONSTRAINT reply_key_unique IF EXISTS
