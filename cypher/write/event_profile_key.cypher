// event_profile_key: one profile an event.
// ->      (no row)
// door:   the profiles of entities and events (every 15 minutes)
// try:    SHOW CONSTRAINTS YIELD name WHERE name = 'event_profile_key' RETURN name
CREATE CONSTRAINT event_profile_key IF NOT EXISTS
FOR (p:EventProfile) REQUIRE p.key IS UNIQUE
