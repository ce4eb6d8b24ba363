// event_states: the change number, and what is known of some events, to tell new from changed from unchanged, as one row.
// $ids    LIST<STRING>  event ids
// ->      change INTEGER
//         events LIST<LIST>  id, version, given_version INTEGER or NULL, content_hash, hashes LIST<STRING>
// door:   every ingest
// try:    :params {ids: ['wikicep-56657']}
MATCH (g:Gate {name: 'gate'})
CALL () {
  UNWIND $ids AS id
  MATCH (e:Event {id: id})
  RETURN collect([e.id, e.version, e.given_version, e.content_hash, e.hashes]) AS events
}
RETURN g.change AS change, events
