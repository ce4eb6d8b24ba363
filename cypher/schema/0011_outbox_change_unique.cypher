// 0011_outbox_change_unique: one Outbox for each change.
CREATE CONSTRAINT outbox_change_unique IF NOT EXISTS
FOR (n:Outbox) REQUIRE n.change IS UNIQUE
