// past_names: all names of the entities that hold some aliases now.
// $keys   LIST<STRING>  alias keys
// ->      key, name, normalised, family, discriminator, kind STRING, born INTEGER, mentions INTEGER, first_seen, last_seen ZONED DATETIME, entity STRING, entity_kind STRING
// door:   reads with as_of or known_at
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (:Alias {key: key})-[:NAMES]->(x:Entity)
WITH DISTINCT x
MATCH (a:Alias)-[:NAMES]->(x)
RETURN a.key AS key, a.name AS name, a.normalised AS normalised, a.family AS family, a.discriminator AS discriminator,
       a.kind AS kind, a.born AS born, coalesce(a.mentions, 0) AS mentions, a.first_seen AS first_seen,
       a.last_seen AS last_seen, x.key AS entity, x.kind AS entity_kind
ORDER BY born
