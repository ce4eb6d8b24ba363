// history: what became of an entity as a graph: its names, what was judged of them and what was changed.
// $name    STRING   any name it has, without titles and accents
// $limit   INTEGER  judgements and changes at most
// ->       x NODE, named RELATIONSHIP, a NODE, r RELATIONSHIP, n NODE
// door:    GET /api/entities/{key}/history
// try:     :params {name: 'Pope Francis', limit: 50}
MATCH (:Alias {normalised: toLower($name)})-[:NAMES]->(x:Entity)
MATCH (x)<-[named:NAMES]-(a:Alias)
OPTIONAL MATCH (a)<-[r:OF]-(n:Judgement|Change)
RETURN x, named, a, r, n
ORDER BY n.at DESC LIMIT $limit
