// restore_hold: whether a restore is still the one that holds the shut gate, taken before each of its batches.
// $by    STRING  token of the restore
// ->     by STRING (no row when another restore took over, or the gate is open)
// door:  pentad restore
// try:   MATCH (g:Gate) RETURN g
MATCH (g:Gate {name: 'restoring'})
SET g.held = true
WITH g WHERE g.by = $by
RETURN g.by AS by
