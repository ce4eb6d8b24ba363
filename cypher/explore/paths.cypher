// paths: the shortest ways between two through shared events, as a graph: events stand between the entities they name.
// $name    STRING   any name of one, without titles and accents
// $other   STRING   any name of the other
// $limit   INTEGER  ways at most, 1..20
// ->       p PATH
// door:    GET /api/paths
// try:     :params {name: 'Pope Francis', other: 'Angela Merkel', limit: 5}
MATCH (:Alias {normalised: toLower($name)})-[:NAMES]->(x:Entity)
MATCH (:Alias {normalised: toLower($other)})-[:NAMES]->(y:Entity)
WITH DISTINCT x, y LIMIT 1
MATCH p = SHORTEST 20 (x)((:Entity)<-[m:WHO|WHERE WHERE m.kid IS NOT NULL]-(:Event)-[k:WHO|WHERE WHERE k.kid IS NOT NULL]->(:Entity)){1,2}(y)
RETURN p LIMIT $limit
