// job_list_state: jobs in one state, the last asked for first.
// $state  STRING       queued, running, done, dead or cancelled
// $kind   STRING|NULL  only this kind
// $at     STRING|NULL  the page after the job asked for at this ISO 8601 time in Z …
// $after  STRING|NULL  … with this id
// $limit  INTEGER      rows at most, 1..201
// ->      rows LIST<MAP> of all properties
// door:   GET /api/jobs?state=dead
// try:    :params {state: 'dead', kind: null, at: null, after: null, limit: 20}
MATCH (j:Job)
USING INDEX SEEK j:Job(state, created_at, id)
WHERE j.state = $state
  AND j.created_at <= datetime(coalesce($at, '9999-12-31T23:59:59Z')) AND j.id IS NOT NULL
  AND ($after IS NULL OR j.created_at < datetime($at) OR j.id < $after) AND ($kind IS NULL OR j.kind = $kind)
WITH j ORDER BY j.state DESC, j.created_at DESC, j.id DESC LIMIT $limit
RETURN collect(j {.*}) AS rows
