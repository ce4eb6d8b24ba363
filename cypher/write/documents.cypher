// documents: what reported the events, and who published it.
// $rows   LIST<MAP>  event (id), id, url, title, source (NULL or name), source_id, reliability
// $at     ZONED DATETIME  when recorded
// ->      written INTEGER
// door:   every ingest
// try:    MATCH (e:Event)-[:REPORTED_IN]->(d:Document)-[:PUBLISHED_BY]->(s:Source) RETURN e, d, s LIMIT 25
UNWIND $rows AS row
MATCH (e:Event {id: row.event})
MERGE (d:Document {id: row.id})
ON CREATE SET d.url = row.url, d.title = row.title, d.created_at = $at
CREATE (e)-[:REPORTED_IN {recorded_at: $at}]->(d)
WITH d, row
WHERE row.source_id IS NOT NULL
MERGE (s:Source {id: row.source_id})
ON CREATE SET s.name = row.source, s.reliability = row.reliability
WITH DISTINCT d, s
WHERE NOT EXISTS { (d)-[:PUBLISHED_BY]->(s) }
CREATE (d)-[:PUBLISHED_BY]->(s)
RETURN count(*) AS written
