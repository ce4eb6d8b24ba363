// job_hold: tells whether a claim still holds, inside the transaction that is to write what the job does.
// $id     STRING
// $fence  INTEGER  as the claim has it
// ->      holds BOOLEAN
// door:   every write of a job
// try:    MATCH (j:Job {state: 'running'}) RETURN j.id, j.fence
MATCH (j:Job {id: $id})
WHERE j.state = 'running' AND j.fence = $fence
RETURN true AS holds
