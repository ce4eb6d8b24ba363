// event_states: what is known of some events, to tell new from changed from unchanged.
// $ids    LIST<STRING>  event ids
// ->      id STRING, version INTEGER, given_version INTEGER|NULL, content_hash STRING, hashes LIST<STRING>
// door:   every ingest
// try:    :params {ids: ['wikicep-56657']}
UNWIND $ids AS id
MATCH (e:Event {id: id})
RETURN e.id AS id, e.version AS version, e.given_version AS given_version,
       e.content_hash AS content_hash, e.hashes AS hashes
