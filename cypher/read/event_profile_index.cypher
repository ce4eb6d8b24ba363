// event_profile_index: how long the vectors are that the index of event profiles takes, and whether their words have an index.
// ->      dimensions INTEGER|NULL (where there is no index of vectors), words BOOLEAN
// door:   POST /api/ask with an embedder
// try:    SHOW INDEXES YIELD name, type WHERE name STARTS WITH 'event_profile' RETURN name, type
SHOW INDEXES YIELD name, state, options
WHERE name IN ['event_profiles', 'event_profile_words'] AND state = 'ONLINE'
RETURN max(options.indexConfig.`vector.dimensions`) AS dimensions, 'event_profile_words' IN collect(name) AS words
