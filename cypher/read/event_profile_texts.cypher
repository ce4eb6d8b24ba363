// event_profile_texts: what is told of some events, to be read as one text each: what, why, and the names of who and where.
// $ids    LIST<STRING>  ids of events
// ->      id STRING, version INTEGER, ts INTEGER (epoch milliseconds), title, text STRING, told LIST<STRING> (what and why), names LIST<STRING> (as written, and as their entities are called now)
// door:   the profiles of entities and events (every 15 minutes)
// try:    :params {ids: ['made-008']}
UNWIND $ids AS id
MATCH (e:Event {id: id})
WHERE e.retracted IS NULL
CALL (e) {
  MATCH (e)-[m:WHAT|WHY]->()
  WHERE m.kid IS NOT NULL
  WITH m ORDER BY type(m), m.id
  RETURN collect(m.surface) AS told
}
CALL (e) {
  MATCH (e)-[m:WHO|WHERE]->()
  WHERE m.kid IS NOT NULL
  MATCH (:Alias {key: m.alias})-[:NAMES]->(x:Entity)
  WITH m, x ORDER BY type(m), m.id
  RETURN collect(m.surface) + collect(x.name) AS names
}
RETURN e.id AS id, e.version AS version, e.ts AS ts, e.title AS title, e.text AS text, told, names
