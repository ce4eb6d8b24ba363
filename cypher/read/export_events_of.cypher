// export_events_of: some events with their mentions, causes and documents.
// $ids    LIST<STRING>  ids of events
// ->      rows LIST<MAP> of event (all properties), mentions LIST<MAP>, causes LIST<MAP> (id, ts), documents LIST<MAP>
// door:   GET /api/export?entity=
// try:    :params {ids: ['made-001']}
UNWIND $ids AS id
MATCH (e:Event {id: id})
WITH e ORDER BY e.ts, e.id
CALL (e) {
  MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x:Entity)
  WHERE m.kid IS NOT NULL
  OPTIONAL MATCH (a:Alias {key: m.alias})
  WITH m, x, a ORDER BY type(m), m.role, m.surface, m.id
  RETURN collect({id: m.id, w: type(m), surface: m.surface, role: m.role, relevance: m.relevance, score: m.score,
                  key: x.key, name: x.name, kind: x.kind, told: CASE WHEN a.family <> 'unspecified' THEN a.kind END, location: x.location}) AS mentions
}
CALL (e) {
  MATCH (e)-[r:CAUSED_BY]->(c:Event)
  WHERE r.closed_at IS NULL
  WITH c ORDER BY c.id
  RETURN collect({id: c.id, ts: c.ts}) AS causes
}
CALL (e) {
  MATCH (e)-[r:REPORTED_IN]->(d:Document)
  WHERE r.closed_at IS NULL
  OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(s:Source)
  WITH d, s ORDER BY d.id
  RETURN collect({url: d.url, title: d.title, source: s.name}) AS documents
}
RETURN collect({event: properties(e), mentions: mentions, causes: causes, documents: documents}) AS rows
