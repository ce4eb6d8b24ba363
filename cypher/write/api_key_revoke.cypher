// api_key_revoke: ends an API key for good, keeping the record of it.
// $id          STRING          the public part
// $revoked_at  ZONED DATETIME  now
// ->           id STRING (no row when there is no such key)
// door:        pentad keys revoke
// try:         MATCH (k:ApiKey) RETURN k.id, k.revoked_at
MATCH (k:ApiKey {id: $id})
SET k.revoked_at = coalesce(k.revoked_at, $revoked_at)
RETURN k.id AS id
