// 0089_firing_id_unique: a watch fires once for one thing.
CREATE CONSTRAINT firing_id_unique IF NOT EXISTS
FOR (n:Firing) REQUIRE n.id IS UNIQUE
