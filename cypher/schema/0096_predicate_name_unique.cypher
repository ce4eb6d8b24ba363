// 0096_predicate_name_unique: one declaration a predicate.
CREATE CONSTRAINT predicate_name_unique IF NOT EXISTS
FOR (n:Predicate) REQUIRE n.name IS UNIQUE
