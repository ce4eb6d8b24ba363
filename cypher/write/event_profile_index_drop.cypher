// event_profile_index_drop: takes the index of event profiles away, for one of another length.
// ->      (no row)
// door:   the profiles of entities and events (every 15 minutes)
// try:    SHOW VECTOR INDEXES
DROP INDEX event_profiles IF EXISTS
