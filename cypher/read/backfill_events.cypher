// backfill_events: a page of events with their live mentions and the aliases they were first read as, oldest first.
// $ts     INTEGER  epoch milliseconds of the last event of the page before, or of the beginning
// $after  STRING   id of that event, empty at first
// $limit  INTEGER  events at most
// ->      event MAP, mentions LIST<MAP>, documents LIST<MAP>, relationships LIST<MAP>
// door:   pentad extract-entities
// try:    :params {ts: 0, after: '', limit: 5}
MATCH (e:Event)
USING INDEX SEEK e:Event(ts)
WHERE e.ts >= $ts AND (e.ts > $ts OR e.id > $after)
WITH e ORDER BY e.ts, e.id LIMIT $limit
CALL (e) {
  MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x:Entity)
  WHERE m.kid IS NOT NULL
  MATCH (a:Alias {key: coalesce(m.alias0, m.alias)})
  USING INDEX SEEK a:Alias(key)
  MATCH (h:Alias {key: m.alias})
  USING INDEX SEEK h:Alias(key)
  WITH m, x, a, h ORDER BY m.id
  RETURN collect({id: m.id, w: type(m), surface: m.surface, role: m.role, relevance: m.relevance, risk: m.risk,
                  sanctions: m.sanctions, untyped: coalesce(m.untyped, false), alias0: a.key, alias_name: a.name,
                  family: a.family, normalised: a.normalised, discriminator: a.discriminator, stated: a.kind,
                  attributes: h.attributes, entity: x.key, kind: x.kind, kind_source: x.kind_source}) AS mentions
}
CALL (e) {
  MATCH (e)-[r:REPORTED_IN]->(d:Document)
  WHERE r.closed_at IS NULL
  OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(s:Source)
  RETURN collect({url: d.url, title: d.title, source: s.name, reliability: s.reliability}) AS documents
}
CALL (e) {
  MATCH ()-[r:RELATED]->()
  USING INDEX SEEK r:RELATED(event)
  WHERE r.event = e.id AND r.closed_at IS NULL
  RETURN collect({subject: r.subject, predicate: r.predicate, object: r.object, confidence: r.confidence,
                  since: CASE WHEN r.since.epochMillis <> e.ts THEN r.since END, until: r.until})
         AS relationships
}
RETURN e {.id, .ts, .title, .version, .content_hash} AS event, mentions, documents, relationships
ORDER BY event.ts, event.id
