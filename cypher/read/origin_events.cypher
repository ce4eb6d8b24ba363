// origin_events: events of a period that several documents tell, with what shows the origins of these.
// $from      INTEGER  epoch milliseconds, from here on
// $at        INTEGER  epoch milliseconds, up to here
// $limit     INTEGER  events at most
// $passages  INTEGER  number of the last passage of a document's text that is read
// $length    INTEGER  characters of a passage at most
// ->         event STRING, reports LIST<MAP> of id, title, source (publisher), text LIST of [n, text]
// door:      GET /api/entities/trending?weigh=origins
// try:       :params {from: 0, at: 1735689600000, limit: 20, passages: 3, length: 2000}
MATCH (e:Event)
WHERE e.ts >= $from AND e.ts <= $at AND COUNT { (e)-[:REPORTED_IN]->() } > 1
MATCH (e)-[r:REPORTED_IN]->(d:Document)
WHERE r.closed_at IS NULL
WITH e, collect(DISTINCT d) AS documents
WHERE size(documents) > 1
WITH e, documents[..1000] AS documents LIMIT $limit
RETURN e.id AS event, [d IN documents | {
  id: d.id, title: d.title, source: head([(d)-[:PUBLISHED_BY]->(s:Source) | s.name]),
  text: [(d)-[:HAS_PASSAGE]->(p:Passage) WHERE p.n <= $passages | [p.n, substring(p.text, 0, $length)]]
}] AS reports
