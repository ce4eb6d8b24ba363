// enrich_entity: an entity as it is looked up elsewhere: its names, the item that is stated, and whom it is told with.
// $key    STRING   key of any alias
// $limit  INTEGER  names of company at most
// ->      key, name, family STRING, aliases LIST<STRING>, qid STRING|NULL, company LIST<STRING>
// door:   pentad enrich
// try:    :params {key: '9f2c…', limit: 20}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
MATCH (own:Alias {key: x.key})
CALL (x) {
  MATCH (a:Alias)-[:NAMES]->(x)
  WHERE a.discriminator STARTS WITH 'wikidata:'
  RETURN head(collect(substring(a.discriminator, 9))) AS stated
}
CALL (x) {
  MATCH (x)<-[:WHO|WHERE]-(e:Event)
  WITH e ORDER BY e.ts DESC LIMIT 50
  MATCH (e)-[m:WHO|WHERE]->(o:Entity)
  WHERE o.key IS NOT NULL AND m.kid IS NOT NULL
  WITH o, count(*) AS n ORDER BY n DESC, o.key LIMIT $limit
  RETURN collect(o.name) AS company
}
RETURN x.key AS key, x.name AS name, own.family AS family, x.aliases AS aliases, coalesce(stated, x.wikidata) AS qid,
       [one IN company WHERE one <> x.name] AS company
