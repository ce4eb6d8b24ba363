// naive_mention: what people write first: one query a mention.
// $event   STRING  event id
// $title   STRING  title of the event
// $key     STRING  key of the node
// $w       STRING  which W
// $role    STRING  role
// $surface STRING  surface form
// $ts      INTEGER epoch milliseconds
// ->       edges INTEGER
// door:    make bench
// try:     MATCH (e:RawEvent)-[m:RAW]->(x:RawEntity) RETURN e, m, x LIMIT 10
MERGE (e:RawEvent {id: $event})
SET e.title = $title, e.ts = $ts
MERGE (x:RawEntity {key: $key})
CREATE (e)-[m:RAW {w: $w, role: $role, surface: $surface, ts: $ts}]->(x)
RETURN count(m) AS edges
