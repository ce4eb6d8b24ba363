// backup_of_entities: the aliases of some entities, and who is told to be related to them.
// $entities  LIST<STRING>  keys
// ->         aliases, subjects (entity keys) LIST<STRING>
// door:      pentad backup
// try:       :params {entities: ['9f2c…']}
CALL () {
  UNWIND $entities AS key
  MATCH (:Entity {key: key})<-[:NAMES]-(a:Alias)
  RETURN collect(a.key) AS aliases
}
CALL () {
  UNWIND $entities AS key
  MATCH (:Entity {key: key})<-[:RELATED]-(s:Entity)
  RETURN collect(DISTINCT s.key) AS subjects
}
RETURN aliases, subjects
