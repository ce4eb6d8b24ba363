// restore_event_event_version: edges of one type from Event to EventVersion nodes, as a backup has them.
// $type  STRING     the type
// $rows  LIST<MAP>  from, to (keys), props
// ->     made INTEGER
// door:  pentad restore
// try:   MATCH p = (:Event)-->(:EventVersion) RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (a:Event {id: row.from})
MATCH (b:EventVersion {id: row.to})
CREATE (a)-[r:$($type)]->(b)
SET r = row.props
RETURN count(r) AS made
