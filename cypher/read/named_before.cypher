// named_before: which of these entities pages have named already.
// $keys  LIST<STRING>  entities
// ->     keys LIST<STRING>
// door:  every page that is read
// try:   :params {keys: ['person:vladimir putin']}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
WHERE EXISTS { (x)<-[:NAMES_ENTITY]-(:Document) }
RETURN collect(key) AS keys
