// entity_detail: one entity by the key of any alias it ever had, with its aliases, most frequent first.
// $key      STRING   key of any alias, 64 hex digits
// $aliases  INTEGER  aliases at most
// ->        entity MAP (all properties), labels LIST<STRING>, alias_count INTEGER, aliases LIST<MAP>
// door:     GET /api/entities/{key}
// try:      :params {key: '9f2c…', aliases: 200}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
CALL (x) {
  MATCH (a:Alias)-[:NAMES]->(x)
  WITH a ORDER BY a.mentions DESC, a.key
  RETURN count(a) AS alias_count,
         collect({key: a.key, name: a.name, normalised: a.normalised, family: a.family,
                  discriminator: a.discriminator, kind: a.kind, mentions: a.mentions,
                  first_seen: a.first_seen, last_seen: a.last_seen})[..$aliases] AS aliases
}
RETURN properties(x) AS entity, labels(x) AS labels, alias_count, aliases
LIMIT 1
