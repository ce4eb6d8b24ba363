// claims: what pages claim of somebody, with the pages and the events that it supports.
// $name   STRING   a name
// $limit  INTEGER  claims at most, the newest first
// ->      graph of documents, claims, the entity and events
// door:   GET /api/entity-extraction/entities/{id}
// try:    :params {name: 'Kestrel Bank', limit: 25}
MATCH (a:Alias {normalised: toLower($name)})-[:NAMES]->(x:Entity)<-[r:ABOUT]-(c:Claim)
WHERE c.closed_at IS NULL
WITH DISTINCT x, r, c ORDER BY c.ts DESC LIMIT $limit
MATCH (d:Document)-[m:MAKES]->(c)
OPTIONAL MATCH (c)-[s:SUPPORTS]->(e:Event)
RETURN x, r, c, d, m, s, e
