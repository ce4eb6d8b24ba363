// load: how far the load of a file came.
// $key    STRING  fingerprint of the file and its mapping, 64 hex digits
// ->      records INTEGER, position INTEGER, offset INTEGER, whole BOOLEAN, at ZONED DATETIME
// door:   pentad ingest --resume
// try:    :params {key: '9f2c…'}
MATCH (l:Load {key: $key})
RETURN l.records AS records, l.position AS position, l.offset AS offset, l.whole AS whole, l.updated_at AS at
