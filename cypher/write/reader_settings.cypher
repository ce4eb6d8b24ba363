// reader_settings: what a reader chose, in place of what was chosen before.
// $reader    STRING          id of the reader
// $now       ZONED DATETIME
// $language  STRING|NULL     en, fr, es, zh or pt
// $themes    LIST<STRING>
// $topics    LIST<STRING>
// $sources   LIST<STRING>
// ->         id STRING
// door:      PUT /api/readers/{reader_id}/settings
// try:       MATCH (r:Reader) RETURN r LIMIT 10
MATCH (g:Gate {name: 'gate'})
SET g.readers = coalesce(g.readers, 0) + 1
MERGE (r:Reader {id: $reader})
ON CREATE SET r.created_at = $now, r.reads = 0
SET r.language = $language, r.themes = $themes, r.topics = $topics, r.sources = $sources, r.touch = g.readers
RETURN r.id AS id
