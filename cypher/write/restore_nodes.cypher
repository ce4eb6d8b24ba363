// restore_nodes: nodes as a backup has them.
// $rows  LIST<MAP>  labels, props
// ->     made INTEGER
// door:  pentad restore
// try:   MATCH (n) RETURN labels(n) AS labels, count(*)
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.props
RETURN count(n) AS made
