// board_outbox: outbox records after one, oldest first.
// $after  INTEGER  change number
// $upto   INTEGER  last change number wanted
// $limit  INTEGER  rows at most
// ->      change INTEGER, payload STRING
// door:   every commit, pentad rebuild
// try:    :params {after: 0, upto: 1000000, limit: 5}
MATCH (o:Outbox)
WHERE o.change > $after AND o.change <= $upto
RETURN o.change AS change, o.payload AS payload
ORDER BY o.change
LIMIT $limit
