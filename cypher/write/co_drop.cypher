// co_drop: takes away co-mentions of pairs that no event names together any more.
// $pairs   LIST<MAP>  of hub STRING, other STRING (keys)
// ->       pairs INTEGER
// door:    the co-mention projection
// try:     MATCH (h:Entity {hub: true})-[c:CO_MENTIONED]->(o) RETURN h, c, o LIMIT 50
UNWIND $pairs AS pair
MATCH (h:Entity {key: pair.hub})
MATCH (o:Entity {key: pair.other})
MATCH (h)-[c:CO_MENTIONED]->(o)
DELETE c
RETURN count(*) AS pairs
