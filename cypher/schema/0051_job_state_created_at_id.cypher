// 0051_job_state_created_at_id: jobs of a state in the order in which they were asked for.
CREATE INDEX job_state_created_at_id IF NOT EXISTS
FOR (n:Job) ON (n.state, n.created_at, n.id)
