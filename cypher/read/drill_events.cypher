// drill_events: what is there of the events of one drill.
// $prefix  STRING  what their ids begin with
// ->       id STRING, version INTEGER, mentions INTEGER (live edges to entities)
// door:    pentad drill
// try:     :params {prefix: 'kill-neo4j-'}
MATCH (e:Event)
WHERE e.id STARTS WITH $prefix
RETURN e.id AS id, e.version AS version, COUNT { (e)-[m WHERE m.closed_at IS NULL]->(:Entity) } AS mentions
ORDER BY id
