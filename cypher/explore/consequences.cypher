// consequences: what came of one event: the events that were told to come from it, and from those, as a graph.
// $id      STRING   id of the event
// $limit   INTEGER  chains at most
// ->       p PATH
// door:    GET /api/events/{id}/consequences
// try:     :params {id: 'made-007', limit: 50}
MATCH p = (:Event {id: $id})<-[:CAUSED_BY*1..3]-(:Event)
WHERE all(r IN relationships(p) WHERE r.closed_at IS NULL)
RETURN p LIMIT $limit
