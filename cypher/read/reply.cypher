// reply: the answer that was kept of a request with this Idempotency-Key.
// $key    STRING          hash of who asked and of the key they gave, 64 hex digits
// $since  ZONED DATETIME  older answers are forgotten
// ->      request STRING (hash of what was asked), status INTEGER, media_type STRING, body STRING (no row where none is kept)
// door:   any writing request with an Idempotency-Key
// try:    :params {key: 'of MATCH (r:Reply) RETURN r.key', since: datetime('2020-01-01')}
MATCH (r:Reply {key: $key})
WHERE r.at >= $since
RETURN r.request AS request, r.status AS status, r.media_type AS media_type, r.body AS body
