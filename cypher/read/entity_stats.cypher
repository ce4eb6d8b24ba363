// entity_stats: what a batch adds to, of the entities it touches.
// $keys   LIST<STRING>  entity keys
// ->      key STRING, kind STRING, kind_source STRING, mentions INTEGER, first, last INTEGER|NULL (epoch milliseconds),
//         roles LIST<STRING>, role_counts LIST<INTEGER>, ws LIST<STRING>, version INTEGER
// door:   every ingest
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
RETURN x.key AS key, x.kind AS kind, x.kind_source AS kind_source, x.mentions AS mentions, x.first_seen.epochMillis AS first,
       x.last_seen.epochMillis AS last, x.roles AS roles, x.role_counts AS role_counts, x.ws AS ws, x.version AS version
