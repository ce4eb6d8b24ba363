// 0002_gate_name_unique: one Gate for each name.
CREATE CONSTRAINT gate_name_unique IF NOT EXISTS
FOR (n:Gate) REQUIRE n.name IS UNIQUE
