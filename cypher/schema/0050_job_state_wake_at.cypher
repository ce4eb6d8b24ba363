// 0050_job_state_wake_at: jobs of a state in the order in which they are to be woken.
CREATE INDEX job_state_wake_at IF NOT EXISTS
FOR (n:Job) ON (n.state, n.wake_at)
