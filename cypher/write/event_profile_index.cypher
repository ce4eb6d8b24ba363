// event_profile_index: makes the index of event profiles, for vectors of one length, in full precision, which can be kept to a time.
// $dimensions  INTEGER  numbers in a vector
// ->           (no row)
// door:        the profiles of entities and events (every 15 minutes)
// try:         SHOW VECTOR INDEXES
CYPHER 25
CREATE VECTOR INDEX event_profiles IF NOT EXISTS
FOR (p:EventProfile) ON p.embedding WITH [p.ts]
OPTIONS {indexConfig: {`vector.dimensions`: $dimensions, `vector.similarity_function`: 'cosine', `vector.quantization.enabled`: false}}
