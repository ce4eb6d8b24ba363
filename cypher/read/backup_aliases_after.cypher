// backup_aliases_after: the next keys of Alias nodes, in order.
// $after  STRING   the last key seen, '' at first
// $limit  INTEGER  keys at most
// ->      key STRING
// door:   pentad backup
// try:    :params {after: '', limit: 10}
MATCH (n:Alias)
WHERE n.key > $after
RETURN n.key AS key ORDER BY key LIMIT $limit
