// co_set: puts recounted co-mentions on the edges of hubs.
// $pairs   LIST<MAP>  of hub STRING, other STRING (keys), n INTEGER, first_ts INTEGER, last_ts INTEGER
// ->       pairs INTEGER
// door:    the co-mention projection
// try:     MATCH (h:Entity {hub: true})-[c:CO_MENTIONED]->(o) RETURN h, c, o LIMIT 50
UNWIND $pairs AS pair
MATCH (h:Entity {key: pair.hub})
MATCH (o:Entity {key: pair.other})
MERGE (h)-[c:CO_MENTIONED]->(o)
SET c.src = h.kid, c.kind = o.kind, c.n = pair.n, c.first_ts = pair.first_ts, c.last_ts = pair.last_ts
RETURN count(c) AS pairs
