// jobs_standing: which of these claims still hold.
// $rows  LIST<MAP>  of id STRING, fence INTEGER as the claim has it
// ->     ids LIST<STRING>
// door:  a worker, before it begins a job that waited its turn
// try:   :params {rows: [{id: '0f3a', fence: 1}]}
UNWIND $rows AS row
MATCH (j:Job {id: row.id})
WHERE j.state = 'running' AND j.fence = row.fence
RETURN collect(j.id) AS ids
