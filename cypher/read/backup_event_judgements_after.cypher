// backup_event_judgements_after: the next keys of EventJudgement nodes, in order.
// $after  STRING   the last key seen, '' at first
// $limit  INTEGER  keys at most
// ->      key STRING
// door:   pentad backup
// try:    :params {after: '', limit: 10}
MATCH (n:EventJudgement)
WHERE n.id > $after
RETURN n.id AS key ORDER BY key LIMIT $limit
