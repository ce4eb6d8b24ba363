// extraction_related: entities that the newest events and claims of an entity name beside it, with what joins them.
// $key    STRING   key of any alias, 64 hex digits
// $events INTEGER  events and claims looked at, at most, the newest
// $limit  INTEGER  entities at most, most shared first
// ->      entity MAP (properties), n INTEGER (events and claims), causal INTEGER (of these, how many tell a cause),
//         place BOOLEAN (it is a place, or the entity itself is), pages INTEGER (that name it), page_confidence FLOAT|NULL
// door:   GET /api/entity-extraction/entities/{id}
// try:    :params {key: '9f2c…', events: 50, limit: 20}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
CALL (x) {
  CALL (x) {
    MATCH (e:Event)-[m:WHO|WHERE]->(x)
    WHERE m.kid IS NOT NULL
    WITH DISTINCT e, x ORDER BY e.ts DESC, e.id LIMIT $events
    MATCH (e)-[o:WHO|WHERE]->(y:Entity)
    WHERE o.kid IS NOT NULL AND y <> x
    RETURN DISTINCT y, e.id AS told, EXISTS { MATCH (e)-[w:WHY]->() WHERE w.kid IS NOT NULL } AS because
    UNION
    MATCH (c:Claim)-[:ABOUT]->(x)
    WHERE c.closed_at IS NULL
    WITH DISTINCT c, x ORDER BY c.ts DESC, c.id LIMIT $events
    MATCH (c)-[:ABOUT]->(y:Entity)
    WHERE y <> x
    RETURN DISTINCT y, c.id AS told, c.reason IS NOT NULL AS because
  }
  WITH x, y, count(told) AS n, sum(CASE WHEN because THEN 1 ELSE 0 END) AS causal
  ORDER BY n DESC, y.key LIMIT $limit
  RETURN collect({entity: properties(y), n: n, causal: causal, place: y:Where OR x:Where}) AS found
}
UNWIND found AS row
CALL (row) {
  MATCH (:Document)-[named:NAMES_ENTITY]->(:Entity {key: row.entity.key})
  RETURN count(named) AS pages, avg(named.confidence) AS page_confidence
}
RETURN row.entity AS entity, row.n AS n, row.causal AS causal, row.place AS place, pages, page_confidence
