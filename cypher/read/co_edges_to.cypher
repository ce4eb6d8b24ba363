// co_edges_to: all co-mentions that hubs keep with one entity, as they stand.
// $key    STRING   key of the entity
// ->      other STRING (key of the hub), n INTEGER, first_ts INTEGER, last_ts INTEGER, sound BOOLEAN (src and kind say what the two ends say)
// door:   the co-mention projection
// try:    :params {key: '9f2c…'}
MATCH (h:Entity)-[c:CO_MENTIONED]->(x:Entity {key: $key})
RETURN h.key AS other, c.n AS n, c.first_ts AS first_ts, c.last_ts AS last_ts,
       c.src = h.kid AND c.kind = x.kind AS sound
