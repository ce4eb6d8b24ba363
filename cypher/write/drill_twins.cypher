// drill_twins: forgets a step of the schema and makes nodes that break it.
// $number  INTEGER         number of the step
// $key     STRING          what two nodes hold alike
// $at      ZONED DATETIME
// ->       nodes INTEGER
// door:    pentad drill, on the graph of its own
// try:     MATCH (s:SchemaStep) RETURN s ORDER BY s.number DESC LIMIT 5
MATCH (s:SchemaStep {number: $number})
DELETE s
WITH $key AS key, $at AS at
UNWIND [1, 2] AS twin
CREATE (r:Reply {key: key, at: at})
RETURN count(r) AS nodes
