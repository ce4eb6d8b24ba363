// backup_passages_after: the next keys of Passage nodes, in order.
// $after  STRING   the last key seen, '' at first
// $limit  INTEGER  keys at most
// ->      key STRING
// door:   pentad backup
// try:    :params {after: '', limit: 10}
MATCH (n:Passage)
WHERE n.id > $after
RETURN n.id AS key ORDER BY key LIMIT $limit
