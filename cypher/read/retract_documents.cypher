// retract_documents: documents of a retraction that are not withdrawn yet.
// $sort   STRING   document or source
// $id     STRING   of the document or source
// $limit  INTEGER  documents at most
// ->      id STRING
// door:   POST /api/retractions
// try:    :params {sort: 'source', id: '9f2c…', limit: 50}
CALL () {
  MATCH (d:Document {id: $id}) WHERE $sort = 'document' RETURN d
  UNION
  MATCH (d:Document)-[:PUBLISHED_BY]->(:Source {id: $id}) WHERE $sort = 'source' RETURN d
}
WITH d WHERE d.retracted IS NULL
RETURN d.id AS id ORDER BY id LIMIT $limit
