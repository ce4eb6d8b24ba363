// restore_clear_edges: takes away what a restore that was cut short had made. Run until 0, before restore_clear_nodes.
// $limit  INTEGER  edges at most
// ->      gone INTEGER
// door:   pentad restore
// try:    MATCH (g:Gate {name: 'restoring'}) RETURN g
MATCH ()-[r]->()
WITH r LIMIT $limit
DELETE r
RETURN count(*) AS gone
