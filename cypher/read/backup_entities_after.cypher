// backup_entities_after: the next keys of Entity nodes, in order.
// $after  STRING   the last key seen, '' at first
// $limit  INTEGER  keys at most
// ->      key STRING
// door:   pentad backup
// try:    :params {after: '', limit: 10}
MATCH (n:Entity)
WHERE n.key > $after
RETURN n.key AS key ORDER BY key LIMIT $limit
