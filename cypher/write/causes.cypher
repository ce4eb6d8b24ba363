// causes: an event that was told to come from another one, once both are there.
// $rows   LIST<MAP>  event (id), cause (id of the event named)
// $at     ZONED DATETIME  when recorded
// ->      written INTEGER
// door:   every ingest
// try:    MATCH p = (:Event)-[:CAUSED_BY]->(:Event) RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (e:Event {id: row.event})
MATCH (c:Event {id: row.cause})
WHERE e <> c AND NOT EXISTS { MATCH (e)-[r:CAUSED_BY]->(c) WHERE r.closed_at IS NULL }
CREATE (e)-[:CAUSED_BY {recorded_at: $at}]->(c)
RETURN count(*) AS written
