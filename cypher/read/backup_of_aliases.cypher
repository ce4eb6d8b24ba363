// backup_of_aliases: the entities that some aliases name.
// $aliases  LIST<STRING>  keys
// ->        entities LIST<STRING>
// door:     pentad backup
// try:      :params {aliases: ['9f2c…']}
UNWIND $aliases AS key
MATCH (:Alias {key: key})-[:NAMES]->(x:Entity)
RETURN collect(DISTINCT x.key) AS entities
