// alias_attributes: what was stated of some aliases so far.
// $keys   LIST<STRING>  alias keys
// ->      key STRING, attributes STRING|NULL (JSON: name to [value, epoch milliseconds, event id])
// door:   every ingest that states attributes
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (a:Alias {key: key})
RETURN a.key AS key, a.attributes AS attributes
