// entity: an entity by any name it has, with its aliases as a graph.
// $name    STRING   a name as aliases are normalised: small letters, no punctuation
// ->       x NODE, named RELATIONSHIP, a NODE
// door:    GET /api/entities/{key}
// try:     :params {name: 'jamal khashoggi'}
MATCH (:Alias {normalised: $name})-[:NAMES]->(x:Entity)
MATCH (x)<-[named:NAMES]-(a:Alias)
RETURN x, named, a LIMIT 200
