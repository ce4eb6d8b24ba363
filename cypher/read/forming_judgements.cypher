// forming_judgements: what was decided of pairs of documents and stands, for those of some documents.
// $ids   LIST<STRING>  document ids
// ->     j MAP
// door:  jobs of kind event and event-regroup
// try:   :params {ids: ['9f2c…']}
UNWIND $ids AS id
MATCH (:Document {id: id})<-[:OF]-(j:EventJudgement)
WHERE j.revoked_at IS NULL
WITH DISTINCT j ORDER BY j.id
RETURN properties(j) AS j
