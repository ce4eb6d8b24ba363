// 0001_schemastep_number_unique: one SchemaStep for each number.
CREATE CONSTRAINT schemastep_number_unique IF NOT EXISTS
FOR (n:SchemaStep) REQUIRE n.number IS UNIQUE
