// explain_names: the entity that holds an alias, with its names, the one asked for first, then the most frequent.
// $key    STRING   key of any alias, 64 hex digits
// $limit  INTEGER  names at most
// ->      key STRING, name STRING, kind STRING, version INTEGER, alias_count INTEGER, aliases LIST<MAP>
// door:   GET /api/entities/{key}/explain/{other}
// try:    :params {key: '9f2c…', limit: 200}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
CALL (x) {
  MATCH (a:Alias)-[:NAMES]->(x)
  WITH a ORDER BY a.key = $key DESC, coalesce(a.mentions, 0) DESC, a.key
  RETURN count(a) AS alias_count,
         collect({key: a.key, name: a.name, family: a.family, discriminator: a.discriminator, kind: a.kind,
                  mentions: coalesce(a.mentions, 0)})[..$limit] AS aliases
}
RETURN x.key AS key, x.name AS name, x.kind AS kind, x.version AS version, alias_count, aliases
LIMIT 1
