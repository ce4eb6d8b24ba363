// past_origin_events: events of a period that several documents told, as it was recorded by a time, with what shows the origins of these.
// $from      INTEGER         epoch milliseconds, from here on
// $at        INTEGER         epoch milliseconds, up to here
// $known     ZONED DATETIME  told by then, and not closed yet
// $limit     INTEGER         events at most
// $passages  INTEGER         number of the last passage of a document's text that is read
// $length    INTEGER         characters of a passage at most
// ->         event STRING, reports LIST<MAP> of id, title, source (publisher), text LIST of [n, text]
// door:      GET /api/entities/trending?weigh=origins with known_at or identity_at
// try:       :params {from: 0, at: 1735689600000, known: datetime(), limit: 20, passages: 3, length: 2000}
CALL () {
  MATCH (e:Event)
  WHERE e.ts >= $from AND e.ts <= $at AND COUNT { (e)-[:REPORTED_IN]->() } > 1
  RETURN e
  UNION
  // A version that was closed since may have told another time.
  MATCH (v:EventVersion)<-[:HAD_VERSION]-(e:Event)
  WHERE v.ts >= $from AND v.ts <= $at AND v.closed_at > $known AND COUNT { (e)-[:REPORTED_IN]->() } > 1
  RETURN e
}
MATCH (e)-[r:REPORTED_IN]->(d:Document)
WHERE r.recorded_at <= $known AND (r.closed_at IS NULL OR r.closed_at > $known)
WITH e, collect(DISTINCT d) AS documents
WHERE size(documents) > 1
WITH e, documents[..1000] AS documents LIMIT $limit
RETURN e.id AS event, [d IN documents | {
  id: d.id, title: d.title, source: head([(d)-[:PUBLISHED_BY]->(s:Source) | s.name]),
  text: [(d)-[:HAS_PASSAGE]->(p:Passage) WHERE p.n <= $passages | [p.n, substring(p.text, 0, $length)]]
}] AS reports
