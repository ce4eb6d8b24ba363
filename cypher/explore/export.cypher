// export: the events of a period with all entities in them as a table to save: one row a mention.
// $since   STRING   from here on
// $until   STRING   up to here, not included
// $limit   INTEGER  rows at most
// ->       event STRING, at ZONED DATETIME, title STRING, w STRING, role STRING, as_written STRING, name STRING, kind STRING, key STRING
// door:    GET /api/export
// try:     :params {since: '2015-09-01T00:00:00Z', until: '2015-10-01T00:00:00Z', limit: 1000}
MATCH (e:Event)
WHERE e.ts >= datetime($since).epochMillis AND e.ts < datetime($until).epochMillis
MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x:Entity)
WHERE m.kid IS NOT NULL
RETURN e.id AS event, e.occurred_at AS at, e.title AS title, type(m) AS w, m.role AS role, m.surface AS as_written,
       x.name AS name, x.kind AS kind, x.key AS key
ORDER BY e.ts, e.id, w LIMIT $limit
