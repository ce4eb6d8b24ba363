// related: relationships between entities, as an event tells them.
// $rows   LIST<MAP>  subject (entity key), object (entity key), since, until (epoch milliseconds or
//         NULL), props of the edge
// $at     ZONED DATETIME  when recorded
// ->      written INTEGER
// door:   every ingest of events that tell relationships
// try:    MATCH p = (:Entity)-[r:RELATED]->(:Entity) WHERE r.closed_at IS NULL RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (s:Entity {key: row.subject})
MATCH (o:Entity {key: row.object})
CREATE (s)-[r:RELATED]->(o)
SET r = row.props, r.since = datetime({epochMillis: row.since}), r.recorded_at = $at,
    r.until = CASE WHEN row.until IS NULL THEN NULL ELSE datetime({epochMillis: row.until}) END
RETURN count(r) AS written
