// load_named: the last load of a file of one name that was not finished, other than the one of this content.
// $name   STRING  name of the file, without its folder
// $key    STRING  fingerprint of the file as it is now
// ->      records INTEGER
// door:   pentad ingest --resume
// try:    :params {name: 'events.ndjson', key: ''}
MATCH (l:Load {name: $name})
WHERE NOT l.whole AND l.key <> $key
RETURN l.records AS records
ORDER BY l.updated_at DESC
LIMIT 1
