// documents: founds what reported events, and who published it.
// $rows   LIST<MAP>  id, url, title, source (NULL or name), source_id, reliability
// $at     ZONED DATETIME  when recorded
// ->      documents LIST<LIST>  id, element id
// door:   every ingest
// try:    MATCH (d:Document)-[:PUBLISHED_BY]->(s:Source) RETURN d, s LIMIT 25
UNWIND $rows AS row
MERGE (d:Document {id: row.id})
ON CREATE SET d.url = row.url, d.title = row.title, d.created_at = $at
WITH d, row
CALL (d, row) {
  WITH d, row
  WHERE row.source_id IS NOT NULL
  MERGE (s:Source {id: row.source_id})
  ON CREATE SET s.name = row.source, s.reliability = row.reliability
  MERGE (d)-[:PUBLISHED_BY]->(s)
}
RETURN collect([row.id, elementId(d)]) AS documents
