// extraction_entity: one entity by the key of any alias, with what speaks for it: pages that name it, weight of its mentions.
// $key    STRING   key of any alias, 64 hex digits
// ->      entity MAP (all properties), aliases INTEGER, pages INTEGER, page_confidence FLOAT|NULL, parent MAP|NULL
//         (path and location of the nearest place of its hierarchy), identified BOOLEAN
// door:   GET /api/entity-extraction/entities/{id}
// try:    :params {key: '9f2c…'}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
CALL (x) {
  MATCH (a:Alias)-[:NAMES]->(x)
  RETURN count(a) AS aliases, any(found IN collect(a.discriminator) WHERE found CONTAINS ':') AS identified
}
CALL (x) {
  MATCH (:Document)-[n:NAMES_ENTITY]->(x)
  RETURN count(n) AS pages, avg(n.confidence) AS page_confidence
}
CALL (x) {
  OPTIONAL MATCH (p:Entity {name: last(x.path)})
  WHERE p <> x AND p.location IS NOT NULL
  RETURN p {.path, .location} AS parent ORDER BY p.mentions DESC LIMIT 1
}
RETURN properties(x) AS entity, aliases, identified, pages, page_confidence, parent
LIMIT 1
