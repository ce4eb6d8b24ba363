// raw_event_id: by which the naive query finds its event.
// ->      (no row)
// door:   make bench
// try:    SHOW CONSTRAINTS
CREATE CONSTRAINT raw_event_id IF NOT EXISTS FOR (e:RawEvent) REQUIRE e.id IS UNIQUE
