// backup_readers_after: the next keys of Reader nodes, in order.
// $after  STRING   the last key seen, '' at first
// $limit  INTEGER  keys at most
// ->      key STRING
// door:   pentad backup, the schedule reader-decay
// try:    :params {after: '', limit: 10}
MATCH (n:Reader)
WHERE n.id > $after
RETURN n.id AS key ORDER BY key LIMIT $limit
