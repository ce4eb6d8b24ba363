// gate_erased: the change number up to which something was erased last.
// ->      erased INTEGER
// door:   the resolver's index
// try:    MATCH (g:Gate) RETURN g
MATCH (g:Gate {name: 'gate'})
RETURN coalesce(g.erased, -1) AS erased
