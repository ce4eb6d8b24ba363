// co_edges_from: all co-mentions kept on the edges of one entity, as they stand.
// $key    STRING   key of the entity
// ->      other STRING (key), n INTEGER, first_ts INTEGER, last_ts INTEGER, sound BOOLEAN (src and kind say what the two ends say)
// door:   pentad check, the co-mention projection
// try:    :params {key: '9f2c…'}
MATCH (x:Entity {key: $key})-[c:CO_MENTIONED]->(o:Entity)
RETURN o.key AS other, c.n AS n, c.first_ts AS first_ts, c.last_ts AS last_ts,
       c.src = x.kid AND c.kind = o.kind AS sound
