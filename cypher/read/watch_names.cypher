// watch_names: the names of some entities.
// $keys  LIST<STRING>  entity keys
// ->     entity STRING, alias STRING (key), name STRING, born INTEGER, change INTEGER (when it was founded or last moved)
// door:  what follows the change feed for watches
// try:   :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (x:Entity {key: key})<-[:NAMES]-(a:Alias)
RETURN x.key AS entity, a.key AS alias, a.name AS name, a.born AS born, a.change AS change
ORDER BY entity, born
