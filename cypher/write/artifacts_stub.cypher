// artifacts_stub: documents that wait to be read: new ones, ones known through events, or ones to be read once more.
// $rows  LIST<MAP>  id, canonical, url, given (url, text or html), raw (what was given, packed), title, published_at, job,
//                   source (NULL or id, name)
// $change  INTEGER  the number that the batch takes
// $at    ZONED DATETIME  when they were asked for
// ->     stubs INTEGER
// door:  POST /api/artifacts
// try:   MATCH (d:Document {state: 'stub'}) RETURN d.id, d.url, d.requested_at LIMIT 20
UNWIND $rows AS row
MERGE (d:Document {id: row.id})
ON CREATE SET d.created_at = $at
SET d.canonical = coalesce(d.canonical, row.canonical), d.url = coalesce(d.url, row.url), d.state = 'stub',
    d.title = coalesce(d.title, row.title), d.published_at = coalesce(row.published_at, d.published_at),
    d.given = row.given, d.raw = row.raw, d.job = row.job, d.requested_at = $at, d.change = $change
REMOVE d.error_type, d.reason, d.same_as, d.content_hash
WITH d, row
CALL (d, row) {
  WITH d, row WHERE row.source IS NOT NULL AND NOT EXISTS { (d)-[:PUBLISHED_BY]->(:Source) }
  MERGE (s:Source {id: row.source.id})
  ON CREATE SET s.name = row.source.name, s.reliability = 1.0
  CREATE (d)-[:PUBLISHED_BY]->(s)
}
RETURN count(d) AS stubs
