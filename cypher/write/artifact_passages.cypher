// artifact_passages: the text of a page, in passages, in place of what it had.
// $id    STRING
// $rows  LIST<MAP>  id, n, text
// ->     gone LIST<STRING> ids of passages that it has no more
// door:  pentad worker
// try:   MATCH (d:Document)-[:HAS_PASSAGE]->(p:Passage) RETURN d.title, p.n, p.text ORDER BY d.id, p.n LIMIT 20
MATCH (d:Document {id: $id})
CALL (d) {
  UNWIND $rows AS row
  MERGE (p:Passage {id: row.id})
  SET p.n = row.n, p.text = row.text
  MERGE (d)-[:HAS_PASSAGE]->(p)
}
WITH d, COLLECT { MATCH (d)-[:HAS_PASSAGE]->(p:Passage) WHERE p.n >= size($rows) RETURN p } AS old
WITH [p IN old | p.id] AS gone, old
FOREACH (p IN old | DETACH DELETE p)
RETURN gone
