// reply: keeps the answer to a request with an Idempotency-Key, in place of one that is forgotten.
// $key         STRING          hash of who asked and of the key they gave, 64 hex digits
// $request     STRING          hash of what was asked, 64 hex digits
// $status      INTEGER         HTTP status
// $media_type  STRING
// $body        STRING
// $at          ZONED DATETIME
// ->           key STRING
// door:        any writing request with an Idempotency-Key
// try:         MATCH (r:Reply) RETURN r ORDER BY r.at DESC LIMIT 10
MERGE (r:Reply {key: $key})
SET r.request = $request, r.status = $status, r.media_type = $media_type, r.body = $body, r.at = $at
RETURN r.key AS key
