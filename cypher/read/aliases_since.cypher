// aliases_since: aliases that were founded or changed entity after a change number, in the order of founding.
// $change  INTEGER  a change number, -1 for all
// ->       key STRING, name STRING, normalised STRING, family STRING, discriminator STRING, kind STRING, born INTEGER, entity STRING
// door:    the resolver's index
// try:     :params {change: -1}
MATCH (a:Alias)
WHERE a.change > $change
MATCH (a)-[:NAMES]->(x:Entity)
RETURN a.key AS key, a.name AS name, a.normalised AS normalised, a.family AS family,
       a.discriminator AS discriminator, a.kind AS kind, a.born AS born, x.key AS entity
ORDER BY born
