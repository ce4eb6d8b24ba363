// retractions: what was withdrawn, with the documents and events that stand no more, as a graph.
// $limit  INTEGER  retractions at most
// ->      r, d, e NODE: joined by the property `retracted`, which is the id of the retraction
// door:   GET /api/retractions
// try:    :params {limit: 10}
MATCH (r:Retraction)
WITH r ORDER BY r.at DESC LIMIT $limit
OPTIONAL MATCH (d:Document {retracted: r.id})
OPTIONAL MATCH (e:Event {retracted: r.id})
RETURN r, d, e
