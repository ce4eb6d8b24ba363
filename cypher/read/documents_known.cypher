// documents_known: which of some documents are there, and who is told to have published each.
// $ids    LIST<STRING>  document ids
// ->      documents LIST<LIST>  id, element id, sources LIST<STRING> (ids)
// door:   every ingest
// try:    :params {ids: ['51aa…']}
UNWIND $ids AS id
MATCH (d:Document {id: id})
RETURN collect([id, elementId(d), COLLECT { MATCH (d)-[:PUBLISHED_BY]->(s:Source) RETURN s.id }]) AS documents
