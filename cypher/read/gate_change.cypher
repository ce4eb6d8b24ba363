// gate_change: the number of the last committed batch.
// ->      change INTEGER
// door:   every ingest, pentad status
// try:    MATCH (g:Gate) RETURN g.change
MATCH (g:Gate {name: 'gate'})
RETURN g.change AS change
