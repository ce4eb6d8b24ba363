// 0113_audit_n_unique: one record of the audit log a number.
CREATE CONSTRAINT audit_n_unique IF NOT EXISTS
FOR (n:Audit) REQUIRE n.n IS UNIQUE
