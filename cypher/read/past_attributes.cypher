// past_attributes: what was stated of some names, with when the event that states each value was first recorded.
// $keys   LIST<STRING>  alias keys
// ->      key STRING, attributes STRING (JSON: name to [value, epoch milliseconds, event id])
// door:   GET /api/entities/{key} with as_of, known_at or identity_at
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (a:Alias {key: key})
WHERE a.attributes IS NOT NULL
RETURN a.key AS key, a.attributes AS attributes
