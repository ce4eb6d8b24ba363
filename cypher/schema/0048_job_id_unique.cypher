// 0048_job_id_unique: one job an id.
CREATE CONSTRAINT job_id_unique IF NOT EXISTS
FOR (n:Job) REQUIRE n.id IS UNIQUE
