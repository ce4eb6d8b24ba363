// co_followed: how far the kept co-mentions have followed, and how far there is to go.
// ->      followed INTEGER (0 when never begun), change INTEGER (of the gate)
// door:   pentad status, the co-mention projection
// try:    MATCH (p:Projection {name: 'co_mentions'}) RETURN p
OPTIONAL MATCH (g:Gate {name: 'gate'})
OPTIONAL MATCH (p:Projection {name: 'co_mentions'})
RETURN coalesce(p.change, 0) AS followed, coalesce(g.change, 0) AS change
