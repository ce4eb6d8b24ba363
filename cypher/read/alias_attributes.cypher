// alias_attributes: what was stated of some aliases so far.
// $keys   LIST<STRING>  alias keys
// ->      held LIST<LIST<STRING>> (key, JSON: name to [value, epoch milliseconds, event id]), of those that have any
// door:   every ingest that states attributes
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (a:Alias {key: key})
WHERE a.attributes IS NOT NULL
RETURN collect([a.key, a.attributes]) AS held
