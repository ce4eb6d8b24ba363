// timeline: the newest events that mention an entity as a graph, with everyone else in them.
// $name    STRING   a name as aliases are normalised
// $limit   INTEGER  events at most
// ->       x NODE, m RELATIONSHIP, e NODE, k RELATIONSHIP, o NODE
// door:    GET /api/entities/{key}/timeline
// try:     :params {name: 'jamal khashoggi', limit: 15}
MATCH (:Alias {normalised: $name})-[:NAMES]->(x:Entity)
CALL (x) {
  MATCH (x)<-[m:WHO|WHAT|WHERE|WHEN|WHY]-(e:Event)
  WHERE m.kid IS NOT NULL
  RETURN m, e ORDER BY e.ts DESC, e.id DESC LIMIT $limit
}
OPTIONAL MATCH (e)-[k:WHO|WHAT|WHERE|WHEN|WHY]->(o:Entity)
WHERE k.kid IS NOT NULL AND o <> x
RETURN x, m, e, k, o
