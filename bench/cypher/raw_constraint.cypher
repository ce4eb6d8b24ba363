// raw_constraint: by which raw edges find their nodes.
// ->      (no row)
// door:   make bench
// try:    SHOW CONSTRAINTS
CREATE CONSTRAINT raw_entity_key IF NOT EXISTS FOR (x:RawEntity) REQUIRE x.key IS UNIQUE
