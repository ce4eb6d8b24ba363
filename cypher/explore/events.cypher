// events: the newest events of a period as a graph, with their five W's.
// $since   STRING   a moment, such as '2015-09-24T00:00:00Z'
// $until   STRING   a later one
// $limit   INTEGER  events at most
// ->       e NODE, m RELATIONSHIP, x NODE
// door:    GET /api/events?since=&until=
// try:     :params {since: '2015-09-24T00:00:00Z', until: '2015-09-26T00:00:00Z', limit: 20}
MATCH (e:Event)
WHERE e.ts >= datetime($since).epochMillis AND e.ts <= datetime($until).epochMillis
WITH e ORDER BY e.ts DESC, e.id DESC LIMIT $limit
MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x:Entity)
WHERE m.kid IS NOT NULL
RETURN e, m, x
