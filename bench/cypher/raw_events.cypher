// raw_events: the ceiling: bare CREATE of events and their edges, no index on relationships, nothing looked at twice.
// $events   LIST<MAP>  id, ts, title, mentions LIST<MAP> (key, w, role, surface, ts)
// ->        edges INTEGER
// door:     make bench
// try:      MATCH (e:RawEvent)-[m:RAW]->(x:RawEntity) RETURN e, m, x LIMIT 10
UNWIND $events AS row
CREATE (e:RawEvent {id: row.id, ts: row.ts, title: row.title})
WITH e, row
UNWIND row.mentions AS told
MATCH (x:RawEntity {key: told.key})
CREATE (e)-[m:RAW {w: told.w, role: told.role, surface: told.surface, ts: told.ts}]->(x)
RETURN count(m) AS edges
