// event_profiles_due: events whose profile is missing, of another embedder, or older than what is told of them or how whom they name is called.
// $model  STRING   name of the embedder
// $since  INTEGER  change number that names were followed up to
// $limit  INTEGER  events at most
// ->      ids LIST<STRING>
// door:   the profiles of entities and events (every 15 minutes)
// try:    :params {model: 'ngrams-1-384', since: 0, limit: 100}
// In two steps from a name to the names of its entity, since one pattern would leave out the name itself.
CALL () {
  MATCH (e:Event)
  WHERE e.retracted IS NULL
  OPTIONAL MATCH (p:EventProfile {key: e.id})
  WITH e, p
  WHERE p IS NULL OR p.model <> $model OR p.change < e.change
  RETURN e.id AS id
  UNION
  MATCH (a:Alias)
  WHERE a.change > $since
  MATCH (a)-[:NAMES]->(x:Entity)
  MATCH (x)<-[:NAMES]-(b:Alias)
  MATCH (e:Event)-[m:WHO]->()
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = b.aid AND m.ts IS NOT NULL AND m.alias = b.key
  MATCH (p:EventProfile {key: e.id})
  WHERE p.change < a.change AND (b = a OR NOT p.text CONTAINS x.name)
  RETURN e.id AS id
  UNION
  MATCH (a:Alias)
  WHERE a.change > $since
  MATCH (a)-[:NAMES]->(x:Entity)
  MATCH (x)<-[:NAMES]-(b:Alias)
  MATCH (e:Event)-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = b.aid AND m.ts IS NOT NULL AND m.alias = b.key
  MATCH (p:EventProfile {key: e.id})
  WHERE p.change < a.change AND (b = a OR NOT p.text CONTAINS x.name)
  RETURN e.id AS id
}
WITH DISTINCT id LIMIT $limit
RETURN collect(id) AS ids
