// reasons_of: what some events give as their reasons, and the documents that reported them.
// $ids        LIST<STRING>  ids of events
// $limit      INTEGER       reasons at most of each event
// $documents  INTEGER       documents at most of each event
// $known      ZONED DATETIME  told by then, and not closed yet
// ->          event STRING, reasons LIST<MAP> of key, name, kind, surface, confidence (0..1), mentions (of the reason in all), documents LIST<MAP> of id, url, title, source
// door:       GET /api/events/{id}/why
// try:        :params {ids: ['made-008'], limit: 20, documents: 3, known: datetime('9999-12-31')}
UNWIND $ids AS id
MATCH (e:Event {id: id})
CALL (e) {
  MATCH (e)-[m:WHY]->(y:Entity)
  WHERE m.recorded_at <= $known AND (m.closed_at IS NULL OR m.closed_at > $known)
  WITH m, y ORDER BY m.surface, m.id LIMIT $limit
  RETURN collect({key: y.key, name: y.name, kind: y.kind, surface: m.surface,
                  confidence: coalesce(m.score, 1.0) * coalesce(m.relevance, 1.0),
                  mentions: coalesce(y.mentions, 1)}) AS reasons
}
CALL (e) {
  MATCH (e)-[r:REPORTED_IN]->(d:Document)
  WHERE r.recorded_at <= $known AND (r.closed_at IS NULL OR r.closed_at > $known)
  WITH d ORDER BY d.id LIMIT $documents
  OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(s:Source)
  RETURN collect({id: d.id, url: d.url, title: d.title, source: s.name}) AS documents
}
RETURN e.id AS event, reasons, documents
