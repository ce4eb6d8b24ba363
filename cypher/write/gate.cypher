// gate: takes the one write lock, before anything else in every mutating transaction.
// $shown  INTEGER  1 where the transaction may change what readers are shown, else 0
// ->      change INTEGER  number of the last committed batch
// door:   every write
// try:    MATCH (g:Gate) RETURN g.change
MATCH (g:Gate {name: 'gate'})
SET g.held = true, g.shown = coalesce(g.shown, 0) + $shown
RETURN g.change AS change
