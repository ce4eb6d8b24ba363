// profile_index: makes the index of entity profiles, for vectors of one length, in full precision.
// $dimensions  INTEGER  numbers in a vector
// ->           (no row)
// door:        the profiles of entities (every 15 minutes)
// try:         SHOW VECTOR INDEXES
CREATE VECTOR INDEX entity_profiles IF NOT EXISTS
FOR (p:Profile) ON (p.embedding)
OPTIONS {indexConfig: {`vector.dimensions`: $dimensions, `vector.similarity_function`: 'cosine', `vector.quantization.enabled`: false}}
