// restore_finish: opens the gate again, at the change number of the backup.
// $change  INTEGER
// ->       change INTEGER
// door:    pentad restore
// try:     MATCH (g:Gate) RETURN g
MATCH (g:Gate {name: 'restoring'})
SET g = {name: 'gate', change: $change}
RETURN g.change AS change
