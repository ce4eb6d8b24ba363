// backup_of_documents: keys of the nodes that pages were written with.
// $documents  LIST<STRING>
// ->          passages, sources LIST<STRING>
// door:       pentad backup
// try:        :params {documents: ['9f2c']}
UNWIND $documents AS id
MATCH (d:Document {id: id})
RETURN COLLECT { MATCH (d)-[:HAS_PASSAGE]->(p:Passage) RETURN p.id } AS passages,
       COLLECT { MATCH (d)-[:PUBLISHED_BY]->(s:Source) RETURN s.id } AS sources
