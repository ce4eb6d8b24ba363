// event_profiles: keeps texts and vectors of events, where these still stand in the version that was read.
// $rows    LIST<MAP>  id STRING, version INTEGER, ts INTEGER (epoch milliseconds), text STRING, vector LIST<FLOAT>
// $model   STRING     name of the embedder
// $change  INTEGER    change number that was committed before they were read
// ->       kept INTEGER
// door:    the profiles of entities and events (every 15 minutes)
// try:     MATCH (p:EventProfile) RETURN p.key, p.text, p.model LIMIT 10
UNWIND $rows AS row
MATCH (e:Event {id: row.id})
WHERE e.version = row.version AND e.retracted IS NULL
MERGE (p:EventProfile {key: row.id})
SET p.model = $model, p.change = $change, p.ts = row.ts, p.text = row.text
WITH p, row
CALL db.create.setNodeVectorProperty(p, 'embedding', row.vector)
RETURN count(p) AS kept
