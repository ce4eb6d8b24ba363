// erase_documents: deletes withdrawn documents with their texts, claims, judgements and jobs, and sources that published nothing else.
// $ids    LIST<STRING>  document ids
// ->      erased INTEGER
// door:   POST /api/retractions with erase
// try:    MATCH (d:Document) WHERE d.retracted IS NOT NULL RETURN d LIMIT 5
UNWIND $ids AS id
CALL (id) {
  MATCH (d:Document {id: id}) RETURN d
  UNION
  MATCH (d:Document {same_as: id}) RETURN d
}
CALL (d) {
  MATCH (d)-[:HAS_PASSAGE]->(p:Passage)
  DETACH DELETE p
}
CALL (d) {
  MATCH (d)-[:MAKES]->(c:Claim)
  DETACH DELETE c
}
CALL (d) {
  MATCH (j:EventJudgement)-[:OF]->(d)
  DETACH DELETE j
}
CALL (d) {
  MATCH (j:Job)
  WHERE j.key CONTAINS d.id OR j.payload CONTAINS d.id
  DETACH DELETE j
}
CALL (d) {
  MATCH (s:Site)
  WHERE d.url CONTAINS '://' AND split(split(d.url, '://')[1], '/')[0] = s.host
    AND NOT EXISTS { MATCH (o:Document) WHERE o <> d AND o.url CONTAINS '://' AND split(split(o.url, '://')[1], '/')[0] = s.host }
  DETACH DELETE s
}
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(s:Source)
WITH d, collect(s) AS sources
DETACH DELETE d
WITH sources
CALL (sources) {
  UNWIND sources AS s
  WITH s WHERE NOT EXISTS { (s)<-[:PUBLISHED_BY]-() }
  DETACH DELETE s
}
RETURN count(*) AS erased
