// api_key: one API key by its public id, and whether the store holds any key at all.
// $id     STRING|NULL  the public part of the key
// ->      any BOOLEAN, key MAP|NULL (all properties, the secret only as its hash)
// door:   every request
// try:    :params {id: null}
OPTIONAL MATCH (k:ApiKey {id: $id})
RETURN EXISTS { MATCH (:ApiKey) } AS any, properties(k) AS key
