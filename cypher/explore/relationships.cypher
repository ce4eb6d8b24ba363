// relationships: how an entity is related to others, as events told it, as a graph.
// $name    STRING   any name it has, without titles and accents
// $limit   INTEGER  relationships at most
// ->       x NODE, r RELATIONSHIP, o NODE
// door:    GET /api/entities/{key}/relationships
// try:     :params {name: 'Halden Marine', limit: 50}
MATCH (:Alias {normalised: toLower($name)})-[:NAMES]->(x:Entity)
MATCH (x)-[r:RELATED]-(o:Entity)
WHERE r.closed_at IS NULL
RETURN x, r, o ORDER BY r.since DESC LIMIT $limit
