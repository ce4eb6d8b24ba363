// related_close: closes the relationships that former versions of events told.
// $ids    LIST<STRING>  event ids
// $at     ZONED DATETIME  when the new version was recorded
// ->      closed INTEGER
// door:   every ingest of a changed event
// try:    MATCH p = (:Entity)-[r:RELATED]->(:Entity) WHERE r.closed_at IS NOT NULL RETURN p LIMIT 25
UNWIND $ids AS id
MATCH ()-[r:RELATED {event: id}]->()
WHERE r.closed_at IS NULL
SET r.closed_at = $at
RETURN count(r) AS closed
