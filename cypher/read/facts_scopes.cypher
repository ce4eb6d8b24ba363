// facts_scopes: what is stated within scopes, one row a scope.
// $scopes    LIST<MAP>  predicate, scope ('subject' or 'object': the end that is told), key of the entity at that end
// $known_at  ZONED DATETIME|NULL  as it was recorded then
// ->         predicate, scope, key STRING, statements LIST<MAP> (id, value, name, kind, since, until, ended, state,
//            confidence, event, origin)
// door:      whatever writes relationships, GET /api/entities/{key}/facts, pentad check
// try:       :params {scopes: [{predicate: 'president_of', scope: 'object', key: '9f2c…'}], known_at: NULL}
UNWIND $scopes AS scope
MATCH (x:Entity {key: scope.key})
CALL (x, scope) {
  MATCH (x)-[r:RELATED]-(o:Entity)
  WHERE r.predicate = scope.predicate AND o <> x
    AND (scope.scope = 'subject' AND startNode(r) = x OR scope.scope = 'object' AND endNode(r) = x)
    AND CASE WHEN $known_at IS NULL THEN r.closed_at IS NULL
             ELSE r.recorded_at <= $known_at AND (r.closed_at IS NULL OR r.closed_at > $known_at) END
  RETURN collect({id: r.id, value: o.key, name: o.name, kind: o.kind, since: r.since.epochMillis,
                  until: r.until.epochMillis, ended: r.ended_at.epochMillis, state: r.state,
                  confidence: r.confidence, event: r.event, origin: r.origin}) AS statements
}
RETURN scope.predicate AS predicate, scope.scope AS scope, scope.key AS key, statements
