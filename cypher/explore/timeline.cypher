// timeline: the newest events that mention an entity as a graph, with everyone else in them.
// $name    STRING   any name it has, without titles and accents
// $limit   INTEGER  events at most
// ->       x NODE, m RELATIONSHIP, e NODE, k RELATIONSHIP, o NODE
// door:    GET /api/entities/{key}/timeline
// try:     :params {name: 'Pope Francis', limit: 15}
MATCH (:Alias {normalised: toLower($name)})-[:NAMES]->(x:Entity)
CALL (x) {
  MATCH (x)<-[m:WHO|WHAT|WHERE|WHEN|WHY]-(e:Event)
  WHERE m.kid IS NOT NULL
  RETURN m, e ORDER BY e.ts DESC, e.id DESC LIMIT $limit
}
OPTIONAL MATCH (e)-[k:WHO|WHAT|WHERE|WHEN|WHY]->(o:Entity)
WHERE k.kid IS NOT NULL AND o <> x
RETURN x, m, e, k, o
