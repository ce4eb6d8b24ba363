// identity_aliases: some names with their order of founding, what is counted of them, and the entity that holds each now.
// $keys   LIST<STRING>  alias keys
// ->      key, name, normalised, family, discriminator, kind STRING, born INTEGER, mentions INTEGER, first_seen, last_seen ZONED DATETIME, entity STRING, entity_kind STRING
// door:   GET /api/entities/{key}?identity_at=
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (a:Alias {key: key})-[:NAMES]->(x:Entity)
RETURN a.key AS key, a.name AS name, a.normalised AS normalised, a.family AS family, a.discriminator AS discriminator,
       a.kind AS kind, a.born AS born, coalesce(a.mentions, 0) AS mentions, a.first_seen AS first_seen,
       a.last_seen AS last_seen, x.key AS entity, x.kind AS entity_kind
ORDER BY born
