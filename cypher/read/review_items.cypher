// review_items: what reviews ask, by the id of a judgement or the key of an entity, with what persons said of it already.
// $ids    LIST<STRING>  judgement ids (32 hex digits) or entity keys (64)
// ->      id STRING, j MAP|NULL of the judgement's properties, a MAP, b MAP|NULL: the entities with the names compared, said LIST<MAP> of live judgements by persons on the very pair
// door:   GET /api/reviews/{id}, POST /api/reviews/{id}, POST /api/reviews/bulk
// try:    :params {ids: ['9f2c…']}
UNWIND $ids AS id
OPTIONAL MATCH (j:Judgement {id: id})
WITH id, j WHERE j IS NOT NULL OR size(id) = 64
MATCH (a:Alias {key: coalesce(j.a, id)})-[:NAMES]->(x:Entity)
MATCH (b:Alias {key: coalesce(j.b, id)})-[:NAMES]->(y:Entity)
RETURN id, CASE WHEN j IS NULL THEN NULL ELSE properties(j) END AS j,
       {key: x.key, name: x.name, kind: x.kind, mentions: coalesce(x.mentions, 0), version: x.version, first_seen: x.first_seen, last_seen: x.last_seen,
          roles: coalesce(x.roles, [])[..5], aliases: coalesce(x.aliases, [])[..10], alias_key: a.key, alias: a.name} AS a,
       CASE WHEN j IS NULL OR j.a = j.b THEN NULL ELSE
         {key: y.key, name: y.name, kind: y.kind, mentions: coalesce(y.mentions, 0), version: y.version, first_seen: y.first_seen, last_seen: y.last_seen,
          roles: coalesce(y.roles, [])[..5], aliases: coalesce(y.aliases, [])[..10], alias_key: b.key, alias: b.name} END AS b,
       COLLECT {
         MATCH (a)<-[:OF]-(k:Judgement {by: 'person'})
         WHERE k.revoked_at IS NULL AND k.mention IS NULL AND a.key IN [k.a, k.b] AND b.key IN [k.a, k.b]
           AND (a <> b) = (k.a <> k.b)
         RETURN properties(k)
       } AS said
