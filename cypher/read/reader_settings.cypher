// reader_settings: what a reader chose.
// $reader  STRING  id of the reader
// ->       id STRING, created_at ZONED DATETIME, reads INTEGER, language STRING, themes, topics, sources LIST<STRING>
// door:    GET /api/readers/{reader_id}/settings
// try:     :params {reader: 'ann'}
MATCH (r:Reader {id: $reader})
RETURN r.id AS id, r.created_at AS created_at, coalesce(r.reads, 0) AS reads, r.language AS language,
       coalesce(r.themes, []) AS themes, coalesce(r.topics, []) AS topics, coalesce(r.sources, []) AS sources
