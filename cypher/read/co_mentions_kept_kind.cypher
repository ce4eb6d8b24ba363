// co_mentions_kept_kind: the co-mentions kept on the edges of a hub with others of one kind, most shared events first.
// $keys    LIST<STRING>  keys of hubs
// $kind    STRING        kind of the others
// $limit   INTEGER       rows at most for each
// ->       key STRING, rows LIST<MAP> of key, name, kind, hub, n (distinct events), first_ts, last_ts (epoch milliseconds)
// door:    GET /api/entities/{key}/co-mentions?kind=
// try:     :params {keys: ['9f2c…'], kind: 'person', limit: 10}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
CALL (x) {
  MATCH (h:Entity)-[c:CO_MENTIONED]->(o:Entity)
  USING INDEX SEEK c:CO_MENTIONED(src, kind, n)
  WHERE c.src = x.kid AND c.kind = $kind AND c.n > 0 AND h = x
  WITH c, o ORDER BY c.src DESC, c.kind DESC, c.n DESC LIMIT $limit
  RETURN collect({key: o.key, name: o.name, kind: o.kind, hub: coalesce(o.hub, false),
                  n: c.n, first_ts: c.first_ts, last_ts: c.last_ts}) AS rows
}
RETURN x.key AS key, rows
