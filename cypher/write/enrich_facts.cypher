// enrich_facts: facts between entities that a record elsewhere tells, those that are not told yet.
// $rows   LIST<MAP>  subject, object (entity keys), since, until (epoch milliseconds or NULL), props of the edge
// $at     ZONED DATETIME  when recorded
// ->      written INTEGER
// door:   pentad enrich
// try:    MATCH p = (:Entity)-[r:RELATED]->(:Entity) WHERE r.event IS NULL RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (:Alias {key: row.subject})-[:NAMES]->(s:Entity)
MATCH (:Alias {key: row.object})-[:NAMES]->(o:Entity)
WHERE NOT EXISTS { MATCH ()-[old:RELATED {id: row.props.id}]->() WHERE old.closed_at IS NULL }
CREATE (s)-[r:RELATED]->(o)
SET r = row.props, r.since = datetime({epochMillis: row.since}), r.recorded_at = $at,
    r.until = CASE WHEN row.until IS NULL THEN NULL ELSE datetime({epochMillis: row.until}) END
RETURN count(r) AS written
