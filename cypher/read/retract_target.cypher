// retract_target: the document or source that somebody means: by id, by address, or by name.
// $sort   STRING  document or source
// $given  STRING
// ->      id, name STRING, documents INTEGER (those that are not withdrawn)
// door:   POST /api/retractions
// try:    :params {sort: 'document', given: 'https://post.example/1'}
CALL () {
  MATCH (d:Document {id: $given}) WHERE $sort = 'document' RETURN d
  UNION
  MATCH (d:Document {canonical: $given}) WHERE $sort = 'document' RETURN d
  UNION
  MATCH (d:Document) WHERE $sort = 'document' AND $given CONTAINS '://' AND d.url = $given RETURN d
  UNION
  MATCH (d:Source {id: $given}) WHERE $sort = 'source' RETURN d
  UNION
  MATCH (d:Source) WHERE $sort = 'source' AND toLower(d.name) = toLower($given) RETURN d
}
WITH d ORDER BY d.id LIMIT 1
RETURN d.id AS id, coalesce(d.title, d.url, d.name, d.id) AS name,
       CASE WHEN $sort = 'document' THEN CASE WHEN d.retracted IS NULL THEN 1 ELSE 0 END
            ELSE COUNT { (d)<-[:PUBLISHED_BY]-(o:Document) WHERE o.retracted IS NULL } END AS documents
