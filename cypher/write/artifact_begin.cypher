// artifact_begin: a worker begins to read a page that is not read yet.
// $id      STRING
// $states  LIST<STRING>  it is taken only in one of these
// ->       document MAP: id, url, canonical, state, given, raw, title (no row when it is read)
// door:    pentad worker
// try:     MATCH (d:Document {state: 'extracting'}) RETURN d.id, d.url, d.job
MATCH (d:Document {id: $id})
WHERE d.state IN $states
SET d.state = 'extracting'
RETURN d {.id, .url, .canonical, .given, .raw, .title} AS document
