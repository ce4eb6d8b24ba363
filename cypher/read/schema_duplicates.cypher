// schema_duplicates: values that more than one node holds where a constraint wants one.
// $label     STRING  label of the nodes
// $property  STRING  property that must be unique
// ->         value ANY, nodes INTEGER
// door:      the error of a refused schema step
// try:       :params {label: 'Event', property: 'id'}
MATCH (n:$($label))
WHERE n[$property] IS NOT NULL
WITH n[$property] AS value, count(*) AS nodes
WHERE nodes > 1
RETURN value, nodes
ORDER BY nodes DESC, toString(value)
LIMIT 100
