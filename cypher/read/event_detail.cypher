// event_detail: one event with its five W's as they stand, what reported it, its earlier versions and its neighbours.
// $id      STRING   id of the event
// ->       event MAP (all properties), mentions LIST<MAP>, documents LIST<MAP>, versions LIST<MAP> (newest first), relations LIST<MAP>
// door:    GET /api/events/{id}
// try:     :params {id: 'icews18-0001'}
MATCH (e:Event {id: $id})
CALL (e) {
  MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x:Entity)
  WHERE m.kid IS NOT NULL
  WITH m, x ORDER BY type(m), m.role, m.surface, m.id
  RETURN collect({id: m.id, w: type(m), surface: m.surface, role: m.role, relevance: coalesce(m.relevance, 1.0),
                  score: coalesce(m.score, 1.0),
                  weight: m.weight, alias: m.alias, entity: x.key, name: x.name, kind: x.kind,
                  risk: m.risk, sanctions: m.sanctions}) AS mentions
}
CALL (e) {
  MATCH (e)-[r:REPORTED_IN]->(d:Document)
  WHERE r.closed_at IS NULL
  OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(s:Source)
  WITH d, s ORDER BY d.id
  RETURN collect({id: d.id, url: d.url, title: d.title, source: s.name, reliability: s.reliability}) AS documents
}
CALL (e) {
  MATCH (e)-[:HAD_VERSION]->(v:EventVersion)
  WITH v ORDER BY v.version DESC
  RETURN collect(properties(v)) AS versions
}
CALL (e) {
  MATCH (e)-[r:CAUSED_BY|FOLLOWS|PART_OF]->(o:Event)
  WHERE r.closed_at IS NULL
  WITH r, o ORDER BY type(r), o.ts DESC, o.id
  RETURN collect({type: type(r), id: o.id, title: o.title, occurred_at: o.occurred_at}) AS relations
}
RETURN properties(e) AS event, mentions, documents, versions, relations
