// causes: what led to what: events with the events they were told to come from, as a graph.
// $limit   INTEGER  chains at most
// ->       p PATH
// door:    GET /api/events/{id}
// try:     :params {limit: 50}
MATCH p = (:Event)-[:CAUSED_BY*1..3]->(c:Event)
WHERE all(r IN relationships(p) WHERE r.closed_at IS NULL) AND NOT EXISTS { (c)-[:CAUSED_BY]->(:Event) }
RETURN p LIMIT $limit
