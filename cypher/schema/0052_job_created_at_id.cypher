// 0052_job_created_at_id: all jobs in the order in which they were asked for.
CREATE INDEX job_created_at_id IF NOT EXISTS
FOR (n:Job) ON (n.created_at, n.id)
