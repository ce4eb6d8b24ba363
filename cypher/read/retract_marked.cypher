// retract_marked: what a retraction withdrew and nobody told anew since: its events and documents.
// $id     STRING   id of the retraction
// $limit  INTEGER  of each at most
// ->      events LIST<STRING>, attributes LIST<STRING> (JSON), documents LIST<MAP> (id, names LIST<STRING>)
// door:   DELETE /api/retractions/{id}
// try:    :params {id: '9f2c…', limit: 50}
CALL () {
  MATCH (e:Event {retracted: $id})
  WITH e ORDER BY e.id LIMIT $limit
  RETURN collect(e.id) AS events, collect(e.retracted_attributes) AS attributes
}
CALL () {
  MATCH (d:Document {retracted: $id})
  WITH d ORDER BY d.id LIMIT $limit
  RETURN collect({id: d.id, names: coalesce(d.retracted_names, [])}) AS documents
}
RETURN events, attributes, documents
