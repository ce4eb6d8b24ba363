// past_around: what an event had beside its mentions, as it was recorded by a time: documents, earlier versions, neighbours.
// $id     STRING          id of the event
// $known  ZONED DATETIME  when
// ->      documents LIST<MAP>, versions LIST<MAP> (newest first), relations LIST<MAP>
// door:   GET /api/events/{id} with known_at or identity_at
// try:    :params {id: 'e1', known: datetime()}
MATCH (e:Event {id: $id})
CALL (e) {
  MATCH (e)-[r:REPORTED_IN]->(d:Document)
  WHERE r.recorded_at <= $known AND (r.closed_at IS NULL OR r.closed_at > $known)
  OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(s:Source)
  WITH d, s ORDER BY d.id
  RETURN collect({id: d.id, url: d.url, title: d.title, source: s.name, reliability: s.reliability}) AS documents
}
CALL (e) {
  MATCH (e)-[:HAD_VERSION]->(v:EventVersion)
  WHERE v.closed_at <= $known
  WITH v ORDER BY v.version DESC
  RETURN collect(properties(v)) AS versions
}
CALL (e) {
  MATCH (e)-[r:CAUSED_BY|FOLLOWS|PART_OF]->(o:Event)
  WHERE r.recorded_at <= $known AND (r.closed_at IS NULL OR r.closed_at > $known)
  WITH r, o ORDER BY type(r), o.ts DESC, o.id
  RETURN collect({type: type(r), id: o.id, title: o.title, occurred_at: o.occurred_at}) AS relations
}
RETURN documents, versions, relations
