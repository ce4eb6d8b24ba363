// past_reports: the documents that told some events, as it was recorded by a time, with what shows their origin.
// $events    LIST<STRING>    event ids
// $known     ZONED DATETIME  told by then, and not closed yet
// $passages  INTEGER         number of the last passage of a document's text that is read, -1 for none
// $length    INTEGER         characters of a passage at most
// ->         events LIST<MAP> of event STRING, reports LIST<MAP> of id, title, source (publisher), text LIST of [n, text]
// door:      GET /api/entities/trending?origins=true and /rank?why=true with known_at or identity_at
// try:       :params {events: ['made-001'], known: datetime(), passages: 20, length: 2000}
UNWIND $events AS id
MATCH (e:Event {id: id})
CALL (e) {
  MATCH (e)-[r:REPORTED_IN]->(d:Document)
  WHERE r.recorded_at <= $known AND (r.closed_at IS NULL OR r.closed_at > $known)
  WITH DISTINCT d LIMIT 1000
  RETURN collect(d) AS documents
}
RETURN collect({event: e.id, reports: [d IN documents | {
  id: d.id, title: d.title, source: head([(d)-[:PUBLISHED_BY]->(s:Source) | s.name]),
  text: [(d)-[:HAS_PASSAGE]->(p:Passage) WHERE size(documents) > 1 AND p.n <= $passages
         | [p.n, substring(p.text, 0, $length)]]
}]}) AS events
