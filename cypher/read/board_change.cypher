// board_change: the number of the last committed change, which the boards are to reach.
// ->     change INTEGER
// door:  every commit, GET /api/entities/trending
// try:   MATCH (g:Gate) RETURN g.change
MATCH (g:Gate {name: 'gate'})
RETURN g.change AS change
