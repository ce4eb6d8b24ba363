// forming_window: documents that tell of a stretch of time, with their live claims: what event forming groups.
// $since  INTEGER   epoch milliseconds
// $until  INTEGER   epoch milliseconds
// $limit  INTEGER   documents at most, those nearest to $near first
// $near   INTEGER   epoch milliseconds
// ->      document MAP, claims LIST<MAP> in the document's order: id, ts, sentence, subject, deed, place, reason, told,
//         confidence, precision, about (surface, w, role, entity), events (ids that it supports)
// door:   jobs of kind event and event-regroup
// try:    :params {since: 0, until: 4102444800000, limit: 5, near: 1772323200000}
MATCH (d:Document)
WHERE d.event_ts >= $since AND d.event_ts <= $until
WITH d ORDER BY abs(d.event_ts - $near), d.id LIMIT $limit
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(s:Source)
WITH d, s ORDER BY s.name
WITH d, collect(s)[0] AS s
CALL (d) {
  MATCH (d)-[:MAKES]->(c:Claim)
  WHERE c.closed_at IS NULL AND c.ts IS NOT NULL
  WITH c ORDER BY c.n, c.id
  RETURN collect(c {.id, .ts, .sentence, .subject, .deed, .place, .reason, .told, .confidence, .precision,
    about: COLLECT { MATCH (c)-[r:ABOUT]->(x:Entity)
                     RETURN {surface: r.surface, w: r.w, role: r.role, entity: x.key, kind: x.kind} ORDER BY r.n },
    events: COLLECT { MATCH (c)-[:SUPPORTS]->(e:Event) RETURN e.id ORDER BY e.id }}) AS claims
}
RETURN d {.id, .title, .url, .event_ts, .claim_count, .entity_count, .semantic_told, .semantic_at,
          language: coalesce(d.read_language, d.language, ''), published_at: d.published_at,
          source: s.name, reliability: s.reliability} AS document, claims
