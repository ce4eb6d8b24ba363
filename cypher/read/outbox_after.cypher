// outbox_after: what was written after a change number, oldest first.
// $change  INTEGER  the last change number that is known
// $limit   INTEGER  records at most
// ->       change INTEGER, payload STRING (JSON, see docs/graph.md "Outbox")
// door:    the co-mention projection
// try:     :params {change: 0, limit: 5}
MATCH (o:Outbox)
WHERE o.change > $change
RETURN o.change AS change, o.payload AS payload ORDER BY o.change LIMIT $limit
