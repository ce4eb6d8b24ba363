// co_mentions_kept: the co-mentions kept on the edges of hubs, most shared events first, by one index-ordered seek each.
// $keys    LIST<STRING>  keys of hubs
// $limit   INTEGER       rows at most for each
// ->       key STRING, rows LIST<MAP> of key, name, kind, hub, n (distinct events), first_ts, last_ts (epoch milliseconds)
// door:    GET /api/entities/{key}/co-mentions
// try:     :params {keys: ['9f2c…'], limit: 10}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
CALL (x) {
  MATCH (h:Entity)-[c:CO_MENTIONED]->(o:Entity)
  USING INDEX SEEK c:CO_MENTIONED(src, n)
  WHERE c.src = x.kid AND c.n > 0 AND h = x
  WITH c, o ORDER BY c.src DESC, c.n DESC LIMIT $limit
  RETURN collect({key: o.key, name: o.name, kind: o.kind, hub: coalesce(o.hub, false),
                  n: c.n, first_ts: c.first_ts, last_ts: c.last_ts}) AS rows
}
RETURN x.key AS key, rows
