// job: one job with its log.
// $id   STRING
// ->    job MAP of all its properties, payload and log as JSON
// door: GET /api/jobs/{id}
// try:  :params {id: '0f3a'}
MATCH (j:Job {id: $id})
RETURN j {.*} AS job
