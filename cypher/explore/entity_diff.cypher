// entity_diff: whom an entity was named with before a moment and whom between it and a later one.
// $name    STRING   name of the entity, as it is shown
// $before  STRING   a moment, such as '2015-09-10T00:00:00Z'
// $after   STRING   a later one
// $limit   INTEGER  rows at most
// ->       other STRING, kind STRING, before INTEGER, between INTEGER (distinct events)
// door:    GET /api/entities/{key}/diff
// try:     :params {name: 'Pope Francis', before: '2015-09-20T00:00:00Z', after: '2015-09-30T00:00:00Z', limit: 25}
MATCH (x:Entity {name: $name})
WITH x ORDER BY x.mentions DESC LIMIT 1
MATCH (x)<-[m:WHO|WHERE]-(e:Event)-[k:WHO|WHERE]->(o:Entity)
WHERE m.kid IS NOT NULL AND k.kid IS NOT NULL AND o <> x AND e.ts <= datetime($after).epochMillis
WITH DISTINCT o, e
WITH o, sum(CASE WHEN e.ts <= datetime($before).epochMillis THEN 1 ELSE 0 END) AS before, count(e) AS all
WHERE all > before
RETURN o.name AS other, o.kind AS kind, before, all - before AS between
ORDER BY between DESC, o.key
LIMIT $limit
