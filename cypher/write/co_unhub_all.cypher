// co_unhub_all: makes every hub an entity without kept co-mentions, so that all are counted again from the graph.
// ->      hubs INTEGER
// door:   the co-mention projection, when the outbox does not reach back far enough
// try:    MATCH (x:Entity {hub: true}) RETURN count(x)
MATCH (x:Entity)
WHERE x.hub = true
SET x.hub = null
RETURN count(x) AS hubs
