// gate: takes the one write lock, before anything else in every mutating transaction.
// ->      change INTEGER  number of the last committed batch
// door:   every write
// try:    MATCH (g:Gate) RETURN g.change
MATCH (g:Gate {name: 'gate'})
SET g.held = true
RETURN g.change AS change
