// co_mentions: who and where is most often named in the same events as an entity, counted live.
// $name    STRING   any name it has, without titles and accents
// $limit   INTEGER  rows at most
// ->       name STRING, kind STRING, events INTEGER, first STRING, last STRING, sample STRING
// door:    GET /api/entities/{key}/co-mentions
// try:     :params {name: 'Pope Francis', limit: 10}
MATCH (:Alias {normalised: toLower($name)})-[:NAMES]->(x:Entity)
MATCH (x)<-[m:WHO|WHERE]-(e:Event)
WHERE m.kid IS NOT NULL
WITH DISTINCT x, e ORDER BY e.ts DESC
MATCH (e)-[k:WHO|WHERE]->(o:Entity)
WHERE k.kid IS NOT NULL AND o <> x
WITH o, collect(DISTINCT e) AS shared
RETURN o.name AS name, o.kind AS kind, size(shared) AS events, toString(shared[-1].occurred_at) AS first,
       toString(shared[0].occurred_at) AS last, shared[0].title AS sample
ORDER BY events DESC, name LIMIT $limit
