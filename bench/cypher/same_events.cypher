// same_events: the same nodes, edges and properties as Pentad writes, by bare CREATE: no index on relationships, nothing
// looked at twice, nothing resolved, counted, judged or told to anybody.
// $events   LIST<MAP>  props, mentions LIST<MAP> (key, props)
// $at       ZONED DATETIME
// ->        edges INTEGER
// door:     make bench
// try:      MATCH (e:RawEvent)-[m:SAME]->(x:RawEntity) RETURN e, m, x LIMIT 10
UNWIND $events AS row
CREATE (e:RawEvent)
SET e = row.props
WITH e, row
UNWIND row.mentions AS told
MATCH (x:RawEntity {key: told.key})
CREATE (e)-[m:SAME]->(x)
SET m = told.props, m.recorded_at = $at
RETURN count(m) AS edges
