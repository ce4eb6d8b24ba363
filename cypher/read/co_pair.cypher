// co_pair: how many events name both of two entities: from the kept edge where one is a hub, else counted live.
// $a      STRING   key of an entity
// $b      STRING   key of another
// ->      n INTEGER (no row when none), first_ts INTEGER, last_ts INTEGER (epoch milliseconds)
// door:   GET /api/entities/{key}/co-mentions?via=
// try:    :params {a: '9f2c…', b: '51aa…'}
MATCH (a:Entity {key: $a})
MATCH (b:Entity {key: $b})
CALL (a, b) {
  WITH a, b WHERE a.hub = true
  OPTIONAL MATCH (a)-[c:CO_MENTIONED]->(b)
  RETURN coalesce(c.n, 0) AS n, c.first_ts AS first_ts, c.last_ts AS last_ts
  UNION ALL
  WITH a, b WHERE NOT coalesce(a.hub, false) AND b.hub = true
  OPTIONAL MATCH (b)-[c:CO_MENTIONED]->(a)
  RETURN coalesce(c.n, 0) AS n, c.first_ts AS first_ts, c.last_ts AS last_ts
  UNION ALL
  WITH a, b WHERE NOT coalesce(a.hub, false) AND NOT coalesce(b.hub, false)
  MATCH (a)<-[m:WHO|WHERE]-(e:Event)
  WHERE m.kid IS NOT NULL AND EXISTS { MATCH (e)-[k:WHO|WHERE]->(b) WHERE k.kid IS NOT NULL }
  WITH a, count(DISTINCT e) AS n, min(e.ts) AS first_ts, max(e.ts) AS last_ts
  RETURN n, first_ts, last_ts
}
RETURN n, first_ts, last_ts
