// profile_index: how long the vectors are that the index of profiles takes.
// ->      dimensions INTEGER (no row where there is no index)
// door:   GET /api/search with an embedder
// try:    SHOW VECTOR INDEXES
SHOW VECTOR INDEXES YIELD name, options
WHERE name = 'entity_profiles'
RETURN options.indexConfig.`vector.dimensions` AS dimensions
