// 0007_eventversion_id_unique: one EventVersion for each id.
CREATE CONSTRAINT eventversion_id_unique IF NOT EXISTS
FOR (n:EventVersion) REQUIRE n.id IS UNIQUE
