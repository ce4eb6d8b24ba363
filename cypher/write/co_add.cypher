// co_add: adds new events to the co-mentions that hubs keep, one sum per pair.
// $new     LIST<MAP>  of id STRING (event), change INTEGER (that brought it): skipped where the event has changed since
// ->       pairs INTEGER
// door:    the co-mention projection
// try:     MATCH (h:Entity {hub: true})-[c:CO_MENTIONED]->(o) RETURN h, c, o LIMIT 50
UNWIND $new AS new
MATCH (e:Event {id: new.id})
WHERE e.change = new.change
MATCH (e)-[m:WHO|WHERE]->(h:Entity)
WHERE h.hub = true AND m.kid IS NOT NULL
WITH DISTINCT e, h
MATCH (e)-[k:WHO|WHERE]->(o:Entity)
WHERE k.kid IS NOT NULL AND o <> h
WITH h, o, count(DISTINCT e) AS n, min(e.ts) AS first_ts, max(e.ts) AS last_ts
MERGE (h)-[c:CO_MENTIONED]->(o)
ON CREATE SET c.src = h.kid, c.kind = o.kind, c.n = n, c.first_ts = first_ts, c.last_ts = last_ts
ON MATCH SET c.n = c.n + n, c.kind = o.kind,
             c.first_ts = CASE WHEN first_ts < c.first_ts THEN first_ts ELSE c.first_ts END,
             c.last_ts = CASE WHEN last_ts > c.last_ts THEN last_ts ELSE c.last_ts END
RETURN count(c) AS pairs
