// 0049_job_held_key_unique: one live job a key.
CREATE CONSTRAINT job_held_key_unique IF NOT EXISTS
FOR (n:Job) REQUIRE n.held_key IS UNIQUE
