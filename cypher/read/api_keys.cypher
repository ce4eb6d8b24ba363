// api_keys: all API keys, newest first. Their secrets are nowhere.
// ->      id STRING, name STRING, scopes LIST<STRING>, created_at ZONED DATETIME, expires_at ZONED DATETIME|NULL, revoked_at ZONED DATETIME|NULL
// door:   pentad keys list
// try:    MATCH (k:ApiKey) RETURN k.id, k.name, k.scopes
MATCH (k:ApiKey)
RETURN k.id AS id, k.name AS name, k.scopes AS scopes, k.created_at AS created_at, k.expires_at AS expires_at,
       k.revoked_at AS revoked_at
ORDER BY k.created_at DESC, k.id
