// retract_names: the entities that a document names, as it says them.
// $document  STRING
// ->         props MAP
// door:      POST /api/retractions
// try:       :params {document: '9f2c…'}
MATCH (:Document {id: $document})-[n:NAMES_ENTITY]->()
RETURN properties(n) AS props ORDER BY n.alias, n.surface
