// co_position: where the co-mention projection stands, founding it on the first call.
// ->      followed INTEGER
// door:   the co-mention projection
// try:    MATCH (p:Projection {name: 'co_mentions'}) RETURN p
MERGE (p:Projection {name: 'co_mentions'})
ON CREATE SET p.change = 0
RETURN p.change AS followed
