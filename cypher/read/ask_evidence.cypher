// ask_evidence: what events say: their texts, whom they mention in which part, the reports of them, and what they came from.
// $ids        LIST<STRING>  ids of events
// $documents  INTEGER       documents at most of each event
// ->          event MAP (id, title, text, occurred_at, ended_at, precision, ts, category, story, confidence, code), mentions LIST<MAP> of w, surface, role, key, name, kind, documents LIST<MAP> of id, url, title, source, causes LIST<STRING> (ids), effects LIST<STRING> (ids)
// door:       POST /api/ask
// try:        :params {ids: ['made-008'], documents: 5}
UNWIND $ids AS id
MATCH (e:Event {id: id})
CALL (e) {
  MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x:Entity)
  WHERE m.kid IS NOT NULL
  WITH m, x ORDER BY type(m), m.role, m.surface, m.id
  RETURN collect({w: type(m), surface: m.surface, role: m.role, key: x.key, name: x.name, kind: x.kind}) AS mentions
}
CALL (e) {
  MATCH (e)-[r:REPORTED_IN]->(d:Document)
  WHERE r.closed_at IS NULL
  WITH d ORDER BY d.id LIMIT $documents
  OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(s:Source)
  RETURN collect({id: d.id, url: d.url, title: d.title, source: s.name}) AS documents
}
CALL (e) {
  MATCH (e)-[r:CAUSED_BY]->(o:Event)
  WHERE r.closed_at IS NULL
  WITH o ORDER BY o.ts, o.id
  RETURN collect(o.id) AS causes
}
CALL (e) {
  MATCH (e)<-[r:CAUSED_BY]-(o:Event)
  WHERE r.closed_at IS NULL
  WITH o ORDER BY o.ts, o.id
  RETURN collect(o.id) AS effects
}
RETURN e {.id, .title, .text, .occurred_at, .ended_at, .precision, .ts, .category, .story, .confidence, .code} AS event,
       mentions, documents, causes, effects
