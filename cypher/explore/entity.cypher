// entity: an entity by any name it has, with its aliases as a graph.
// $name    STRING   any name it has, without titles and accents
// ->       x NODE, named RELATIONSHIP, a NODE
// door:    GET /api/entities/{key}
// try:     :params {name: 'Pope Francis'}
MATCH (:Alias {normalised: toLower($name)})-[:NAMES]->(x:Entity)
MATCH (x)<-[named:NAMES]-(a:Alias)
RETURN x, named, a LIMIT 200
