// retract_lean: what leans on some events: facts, judgements, and entities with the mentions that they would lose.
// $events  LIST<STRING>  event ids
// $limit   INTEGER       of each sort at most
// ->       facts, merges, entities LIST<MAP>, n_facts, n_merges, n_entities INTEGER
// door:    POST /api/retractions
// try:     :params {events: ['made-001'], limit: 20}
CALL () {
  UNWIND $events AS event
  MATCH (s:Entity)-[r:RELATED {event: event}]->(o:Entity)
  WHERE r.closed_at IS NULL
  WITH s, r, o,
       COUNT { MATCH (s)-[t:RELATED]->(o)
               WHERE t.predicate = r.predicate AND t.closed_at IS NULL AND NOT t.event IN $events } AS others
  WITH {id: r.id, subject: s.name, predicate: r.predicate, object: o.name, state: r.state, others: others} AS row
  ORDER BY row.id
  RETURN collect(row)[..$limit] AS facts, count(row) AS n_facts
}
CALL () {
  UNWIND $events AS event
  MATCH (j:Judgement {event: event})
  WHERE j.revoked_at IS NULL AND j.verdict = 'positive'
  MATCH (a:Alias {key: j.a})
  OPTIONAL MATCH (b:Alias {key: j.b})
  WITH {id: j.id, a: a.name, b: b.name, by: j.by, mention: j.mention IS NOT NULL} AS row ORDER BY row.id
  RETURN collect(row)[..$limit] AS merges, count(row) AS n_merges
}
CALL () {
  UNWIND $events AS event
  MATCH (e:Event {id: event})-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x:Entity)
  WHERE m.kid IS NOT NULL
  WITH x, count(m) AS lost,
       collect([m.ts, CASE WHEN type(m) IN ['WHO', 'WHERE'] AND coalesce(e.boarded, true)
                           THEN coalesce(m.weight, 1.0) ELSE 0.0 END]) AS weights
  ORDER BY lost DESC, x.key
  WITH {key: x.key, name: x.name, kind: x.kind, lost: lost, mentions: x.mentions, weights: weights} AS row
  RETURN collect(row)[..$limit] AS entities, count(row) AS n_entities
}
RETURN facts, merges, entities, n_facts, n_merges, n_entities
