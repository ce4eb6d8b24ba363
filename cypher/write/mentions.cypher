// mentions: one edge each, from the event to the entity, by W.
// $who    LIST<MAP>  event (id), entity (key), props of the edge
// $what   LIST<MAP>  the same
// $where  LIST<MAP>  the same
// $when   LIST<MAP>  the same
// $why    LIST<MAP>  the same
// $at     ZONED DATETIME  when recorded
// ->      written INTEGER
// door:   every ingest
// try:    MATCH (e:Event)-[m:WHO]->(x:Entity) RETURN e, m, x LIMIT 25
UNWIND $who AS row
MATCH (e:Event {id: row.event})
MATCH (x:Entity {key: row.entity})
CREATE (e)-[m:WHO]->(x)
SET m = row.props, m.recorded_at = $at
RETURN count(m) AS written
UNION ALL
UNWIND $what AS row
MATCH (e:Event {id: row.event})
MATCH (x:Entity {key: row.entity})
CREATE (e)-[m:WHAT]->(x)
SET m = row.props, m.recorded_at = $at
RETURN count(m) AS written
UNION ALL
UNWIND $where AS row
MATCH (e:Event {id: row.event})
MATCH (x:Entity {key: row.entity})
CREATE (e)-[m:WHERE]->(x)
SET m = row.props, m.recorded_at = $at
RETURN count(m) AS written
UNION ALL
UNWIND $when AS row
MATCH (e:Event {id: row.event})
MATCH (x:Entity {key: row.entity})
CREATE (e)-[m:WHEN]->(x)
SET m = row.props, m.recorded_at = $at
RETURN count(m) AS written
UNION ALL
UNWIND $why AS row
MATCH (e:Event {id: row.event})
MATCH (x:Entity {key: row.entity})
CREATE (e)-[m:WHY]->(x)
SET m = row.props, m.recorded_at = $at
RETURN count(m) AS written
