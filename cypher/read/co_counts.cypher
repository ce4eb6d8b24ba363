// co_counts: everyone that the live events of one entity name in WHO and WHERE, counted afresh.
// $key        STRING   key of the entity
// $change     INTEGER  only events whose latest version is not newer than this change number
// $hubs_only  BOOLEAN  only others that are hubs
// ->          other STRING (key), n INTEGER (distinct events), first_ts INTEGER, last_ts INTEGER (epoch milliseconds)
// door:       pentad check, the co-mention projection
// try:        :params {key: '9f2c…', change: 1000000, hubs_only: false}
MATCH (x:Entity {key: $key})<-[m:WHO|WHERE]-(e:Event)
WHERE m.kid IS NOT NULL AND e.change <= $change
WITH DISTINCT x, e
MATCH (e)-[k:WHO|WHERE]->(o:Entity)
WHERE k.kid IS NOT NULL AND o <> x AND (NOT $hubs_only OR o.hub = true)
RETURN o.key AS other, count(DISTINCT e) AS n, min(e.ts) AS first_ts, max(e.ts) AS last_ts
