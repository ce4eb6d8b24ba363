// backup_of_events: what some events lead to.
// $events  LIST<STRING>  ids
// ->       entities, documents, sources, versions LIST<STRING>
// door:    pentad backup
// try:     :params {events: ['made-008']}
CALL () {
  UNWIND $events AS id
  MATCH (:Event {id: id})-[:WHO|WHAT|WHERE|WHEN|WHY]->(x:Entity)
  RETURN collect(DISTINCT x.key) AS entities
}
CALL () {
  UNWIND $events AS id
  MATCH (:Event {id: id})-[:REPORTED_IN]->(d:Document)
  OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(s:Source)
  RETURN collect(DISTINCT d.id) AS documents, collect(DISTINCT s.id) AS sources
}
CALL () {
  UNWIND $events AS id
  MATCH (:Event {id: id})-[:HAD_VERSION]->(v:EventVersion)
  RETURN collect(v.id) AS versions
}
CALL () {
  UNWIND $events AS id
  MATCH (s:Entity)-[:RELATED {event: id}]->()
  RETURN collect(DISTINCT s.key) AS subjects
}
RETURN entities + subjects AS entities, documents, sources, versions
