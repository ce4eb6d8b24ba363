// erase_beside: events formed of documents that are erased and of others: their former versions tell of both.
// $documents  LIST<STRING>  document ids
// ->          id STRING, pages LIST<STRING> (others that they were formed of)
// door:       POST /api/retractions with erase
// try:        :params {documents: ['9f2c…']}
UNWIND $documents AS id
MATCH (:Document {id: id})<-[:REPORTED_IN]-(e:Event)
WHERE e.reports IS NOT NULL AND e.retracted IS NULL
WITH DISTINCT e
RETURN e.id AS id, [page IN e.reports WHERE NOT page IN $documents] AS pages ORDER BY id
