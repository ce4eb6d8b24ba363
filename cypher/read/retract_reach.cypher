// retract_reach: the events that some documents report or support, `alone` are those that no other document tells.
// $documents  LIST<STRING>  document ids
// $source     STRING        id of the source that is withdrawn whole, or empty
// ->          id, title STRING, occurred_at ZONED DATETIME, alone, formed BOOLEAN, pages LIST<STRING> (others that it was formed of)
// door:       POST /api/retractions
// try:        :params {documents: ['9f2c…'], source: ''}
CALL () {
  UNWIND $documents AS id
  MATCH (:Document {id: id})<-[r:REPORTED_IN]-(e:Event)
  WHERE r.closed_at IS NULL
  RETURN e
  UNION
  UNWIND $documents AS id
  MATCH (:Document {id: id})-[:MAKES]->(c:Claim)-[:SUPPORTS]->(e:Event)
  RETURN e
}
WITH e WHERE e.retracted IS NULL
WITH e, e.reports IS NOT NULL AS formed,
     COLLECT { MATCH (e)-[r:REPORTED_IN]->(d:Document)
               WHERE r.closed_at IS NULL AND d.retracted IS NULL
               RETURN {id: d.id, ours: d.id IN $documents OR EXISTS { (d)-[:PUBLISHED_BY]->(:Source {id: $source}) }} } AS told
WITH e, formed, told, [one IN told WHERE NOT one.ours | one.id] AS others,
     [page IN coalesce(e.reports, []) WHERE NOT page IN $documents] AS pages
RETURN e.id AS id, e.title AS title, e.occurred_at AS occurred_at, formed, pages,
       size(others) = 0 AND (size(told) > 0 OR formed) AS alone
ORDER BY id
