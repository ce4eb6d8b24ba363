// changes: what was committed last: how many events were new, told anew, or came to their time, newest first.
// $limit  INTEGER  changes at most
// ->      change INTEGER, at ZONED DATETIME, payload STRING (what projections were told)
// door:   GET /api/changes
// try:    :params {limit: 20}
MATCH (o:Outbox)
RETURN o.change AS change, o.at AS at, o.payload AS payload
ORDER BY change DESC LIMIT $limit
