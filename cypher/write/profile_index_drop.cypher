// profile_index_drop: takes the index of entity profiles away, for one of another length.
// ->      (no row)
// door:   the profiles of entities (every 15 minutes)
// try:    SHOW VECTOR INDEXES
DROP INDEX entity_profiles IF EXISTS
