// neighbourhood: the kept co-mentions of a hub and those between its neighbours, as a graph.
// $name    STRING   any name of an entity with 500 mentions or more
// $limit   INTEGER  neighbours at most
// ->       x NODE, c RELATIONSHIP, o NODE, between LIST<RELATIONSHIP>
// door:    GET /api/entities/{key}/neighbourhood
// try:     :params {name: 'United States', limit: 20}
MATCH (:Alias {normalised: toLower($name)})-[:NAMES]->(x:Entity)
CALL (x) {
  MATCH (x)-[c:CO_MENTIONED]->(o:Entity)
  RETURN c, o ORDER BY c.n DESC LIMIT $limit
}
WITH x, collect(o) AS others, collect(c) AS kept
UNWIND range(0, size(others) - 1) AS place
WITH x, others, others[place] AS o, kept[place] AS c
OPTIONAL MATCH (o)-[k:CO_MENTIONED]->(p:Entity)
WHERE p IN others
RETURN x, c, o, collect(k) AS between
