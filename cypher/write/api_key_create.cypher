// api_key_create: keeps a new API key, of its secret only the hash.
// $id          STRING                the public part
// $hash        STRING                sha256 of the secret part, 64 hex digits
// $name        STRING                what it is for
// $scopes      LIST<STRING>          of read, write, review, admin
// $created_at  ZONED DATETIME        now
// $expires_at  ZONED DATETIME|NULL   when it ends, or never
// $reader      STRING|NULL           the one reader whose doors it opens, or any
// ->           id STRING
// door:        pentad keys create
// try:         MATCH (k:ApiKey) RETURN k.id, k.name, k.scopes
CREATE (k:ApiKey {id: $id, hash: $hash, name: $name, scopes: $scopes, created_at: $created_at})
SET k.expires_at = $expires_at, k.reader = $reader
RETURN k.id AS id
