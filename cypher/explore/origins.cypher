// origins: events that several documents tell, with their titles and publishers: copies and one publisher's are one origin.
// $limit   INTEGER  events at most
// ->       event STRING, documents INTEGER, sources INTEGER, reports LIST<STRING>
// door:    GET /api/events/{id} (independent_origins)
// try:     :params {limit: 10}
MATCH (e:Event)-[r:REPORTED_IN]->(d:Document)
WHERE r.closed_at IS NULL
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(s:Source)
WITH e, count(DISTINCT d) AS documents, count(DISTINCT s) AS sources,
     collect(coalesce(s.name, 'nobody') + ': ' + coalesce(d.title, d.url, d.id)) AS reports
WHERE documents > 1
RETURN coalesce(e.title, e.id) AS event, documents, sources, reports
ORDER BY documents DESC, event LIMIT $limit
