// event: one event with its five W's, its documents and sources and its earlier versions, as a graph.
// $id      STRING   id of the event
// ->       e NODE, r RELATIONSHIP, n NODE, p RELATIONSHIP, s NODE
// door:    GET /api/events/{id}
// try:     :params {id: 'made-008'}
MATCH (e:Event {id: $id})
OPTIONAL MATCH (e)-[r]->(n)
OPTIONAL MATCH (n)-[p:PUBLISHED_BY]->(s:Source)
RETURN e, r, n, p, s
