// key_of_name: the key of the entity that is shown by a name.
// $name   STRING  as it is shown
// ->      key STRING
// door:   make bench
// try:    :params {name: 'Quorvane Treskild'}
MATCH (x:Entity {name: $name})
RETURN x.key AS key
LIMIT 1
