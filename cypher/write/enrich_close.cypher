// enrich_close: closes facts that a record elsewhere tells no more.
// $origin  STRING        which record
// $kept    LIST<STRING>  ids of those that it still tells
// $at      ZONED DATETIME  when
// ->       closed INTEGER
// door:    pentad enrich
// try:     MATCH p = (:Entity)-[r:RELATED]->(:Entity) WHERE r.event IS NULL AND r.closed_at IS NOT NULL RETURN p LIMIT 25
MATCH ()-[r:RELATED {origin: $origin}]->()
WHERE r.closed_at IS NULL AND NOT r.id IN $kept
SET r.closed_at = $at
RETURN count(r) AS closed
