// artifact_asked: which job reads a page.
// $id   STRING
// $job  STRING
// ->    id STRING
// door: the sweep of pages
// try:  MATCH (d:Document) WHERE d.job IS NOT NULL RETURN d.id, d.job LIMIT 20
MATCH (d:Document {id: $id})
SET d.job = $job
RETURN d.id AS id
