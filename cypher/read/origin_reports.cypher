// origin_reports: the documents that tell some events as they stand, with what shows their origin.
// $events    LIST<STRING>  event ids
// $passages  INTEGER       number of the last passage of a document's text that is read
// $length    INTEGER       characters of a passage at most
// ->         events LIST<MAP> of event STRING, reports LIST<MAP> of id, title, source (publisher), text LIST of [n, text]
// door:      GET /api/events/{id}, GET /api/entities/{key}/timeline, GET /api/entities/{key}/rank?why=true
// try:       :params {events: ['made-001'], passages: 20, length: 2000}
UNWIND $events AS id
MATCH (e:Event {id: id})
CALL (e) {
  MATCH (e)-[r:REPORTED_IN]->(d:Document)
  WHERE r.closed_at IS NULL
  WITH DISTINCT d LIMIT 1000
  RETURN collect(d) AS documents
}
// One alone is no copy: its text need not be read. One row of all: a hundred rows cost a client four times as much.
RETURN collect({event: e.id, reports: [d IN documents | {
  id: d.id, title: d.title, source: head([(d)-[:PUBLISHED_BY]->(s:Source) | s.name]),
  text: [(d)-[:HAS_PASSAGE]->(p:Passage) WHERE size(documents) > 1 AND p.n <= $passages
         | [p.n, substring(p.text, 0, $length)]]
}]}) AS events
