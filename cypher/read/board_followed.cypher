// board_followed: the change number that every projection kept in the graph has reached, and that of the gate.
// ->     followed INTEGER (0 while the co-mentions have never followed), change INTEGER
// door:  the purge (monthly)
// try:   MATCH (p:Projection) RETURN p
MATCH (g:Gate {name: 'gate'})
OPTIONAL MATCH (co:Projection {name: 'co_mentions'})
OPTIONAL MATCH (p:Projection) WHERE p.change IS NOT NULL
WITH g, co, min(p.change) AS followed
RETURN CASE WHEN co.change IS NULL THEN 0 ELSE followed END AS followed, g.change AS change
