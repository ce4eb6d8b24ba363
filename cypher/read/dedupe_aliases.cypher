// dedupe_aliases: names of some families with what shows that their mentions changed, in the order of founding.
// $families  LIST<STRING>  families of aliases
// ->         key STRING, name STRING, normalised STRING, family STRING, discriminator STRING, kind STRING, born INTEGER, entity STRING, mentions INTEGER, last INTEGER|NULL (epoch milliseconds)
// door:      pentad dedupe
// try:       :params {families: ['person']}
MATCH (a:Alias)-[:NAMES]->(x:Entity)
WHERE a.family IN $families
RETURN a.key AS key, a.name AS name, a.normalised AS normalised, a.family AS family,
       a.discriminator AS discriminator, a.kind AS kind, a.born AS born, x.key AS entity,
       coalesce(a.mentions, 0) AS mentions, a.last_seen.epochMillis AS last
ORDER BY born
