// facts: what holds of an entity, what is contested and what was superseded, as a graph.
// $name   STRING   any name it has, without titles and accents
// $limit  INTEGER  statements at most
// ->      x NODE, r RELATIONSHIP, o NODE: state, since, until and ended_at stand on the relationship
// door:   GET /api/entities/{key}/facts
// try:    :params {name: 'Halden Marine', limit: 50}
MATCH (:Alias {normalised: toLower($name)})-[:NAMES]->(x:Entity)
MATCH (x)-[r:RELATED]-(o:Entity)
WHERE r.closed_at IS NULL
RETURN x, r, o ORDER BY r.state, r.since DESC LIMIT $limit
