// connections: the events that connect an entity to others through one in the middle, as a graph.
// $name    STRING   any name it has, without titles and accents
// $via     STRING   the one in the middle
// $limit   INTEGER  others at most
// ->       x NODE, e NODE, v NODE, f NODE, o NODE, and the mentions between them
// door:    GET /api/entities/{key}/co-mentions?via=
// try:     :params {name: 'Pope Francis', via: 'United States', limit: 10}
MATCH (:Alias {normalised: toLower($name)})-[:NAMES]->(x:Entity)
MATCH (:Alias {normalised: toLower($via)})-[:NAMES]->(v:Entity)
CALL (x, v) {
  MATCH (x)<-[a:WHO|WHERE]-(e:Event)-[b:WHO|WHERE]->(v)
  WHERE a.kid IS NOT NULL AND b.kid IS NOT NULL
  RETURN a, e, b ORDER BY e.ts DESC LIMIT 1
}
CALL (x, v) {
  MATCH (v)<-[c:WHO|WHERE]-(f:Event)-[d:WHO|WHERE]->(o:Entity)
  WHERE c.kid IS NOT NULL AND d.kid IS NOT NULL AND o <> x AND o <> v
  WITH o, count(DISTINCT f) AS n, collect({c: c, f: f, d: d})[0] AS one
  RETURN o, one.c AS c, one.f AS f, one.d AS d ORDER BY n DESC LIMIT $limit
}
RETURN x, a, e, b, v, c, f, d, o
