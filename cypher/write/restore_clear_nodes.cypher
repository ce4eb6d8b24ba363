// restore_clear_nodes: takes away every node but the gate and the schema's. Run until 0, after restore_clear_edges.
// $limit  INTEGER  nodes at most
// ->      gone INTEGER
// door:   pentad restore
// try:    MATCH (n) WHERE NOT n:Gate AND NOT n:SchemaStep RETURN labels(n) AS labels, count(*)
MATCH (n:!Gate&!SchemaStep)
WITH n LIMIT $limit
DELETE n
RETURN count(*) AS gone
