// jobs_held: live jobs by their keys.
// $keys  LIST<STRING>
// ->     ids LIST<STRING>
// door:  pentad read
// try:   :params {keys: ['semantic:9f2c']}
MATCH (j:Job)
WHERE j.held_key IN $keys AND j.state IN ['queued', 'running']
RETURN collect(j.id) AS ids
