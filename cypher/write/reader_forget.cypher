// reader_forget: takes away a reader with all reads and interests, and ends the keys that were theirs alone.
// $reader  STRING          id of the reader
// $now     ZONED DATETIME
// ->       reads INTEGER, interests INTEGER, keys INTEGER, empty where nobody has this id
// door:    DELETE /api/readers/{reader_id}
// try:     MATCH (r:Reader) RETURN r LIMIT 10
MATCH (r:Reader {id: $reader})
MATCH (g:Gate {name: 'gate'})
SET g.readers = coalesce(g.readers, 0) + 1
WITH r, COUNT { (r)-[:READ]->() } AS reads, COUNT { (r)-[:INTERESTED_IN]->() } AS interests
OPTIONAL MATCH (k:ApiKey {reader: $reader})
WITH r, reads, interests, collect(k) AS keys
WITH r, reads, interests, keys, size(keys) AS held
// Not deleted: where no key is left, this machine would need none.
FOREACH (k IN keys | SET k.revoked_at = coalesce(k.revoked_at, $now), k.name = 'forgotten' REMOVE k.reader)
DETACH DELETE r
RETURN reads, interests, held AS keys
