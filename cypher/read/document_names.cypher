// document_names: the entities that a document names, most often first.
// $id    STRING   document id
// ->     entity, name, kind, alias, surface, w STRING, n INTEGER, confidence FLOAT
// door:  GET /api/artifacts/{id}, jobs of kind event
// try:   :params {id: '9f2c…'}
MATCH (:Document {id: $id})-[r:NAMES_ENTITY]->(x:Entity)
RETURN x.key AS entity, x.name AS name, x.kind AS kind, r.alias AS alias, r.surface AS surface, r.w AS w, r.n AS n,
       r.confidence AS confidence
ORDER BY n DESC, surface
