// co_event_pairs: the pairs of a hub and another that events name or once named, open edges and closed.
// $ids    LIST<STRING>  ids of events
// ->      hub STRING (key), hub_mentions INTEGER, others LIST<LIST> of [key, mentions]
// door:   the co-mention projection
// try:    :params {ids: ['e1']}
UNWIND $ids AS id
MATCH (e:Event {id: id})-[:WHO|WHERE]->(h:Entity)
WHERE h.hub = true
WITH DISTINCT e, h
MATCH (e)-[:WHO|WHERE]->(o:Entity)
WHERE o <> h
RETURN h.key AS hub, coalesce(h.mentions, 0) AS hub_mentions,
       collect(DISTINCT [o.key, coalesce(o.mentions, 0)]) AS others
