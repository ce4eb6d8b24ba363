// backup_entities: the things meant, whole: labels, properties and outgoing edges but kept co-mentions and the hierarchy.
// $keys  LIST<STRING>
// ->     key STRING, labels LIST<STRING>, props MAP, edges LIST of [type, key of the other end, properties]
// door:  pentad backup
// try:   :params {keys: ['9f2c…']}
UNWIND $keys AS wanted
MATCH (n:Entity {key: wanted})
RETURN n.key AS key, labels(n) AS labels, properties(n) AS props,
       COLLECT { MATCH (n)-[r:!(CO_MENTIONED|LOCATED_IN|PART_OF)]->(o) RETURN [type(r), coalesce(o.key, o.id), properties(r)] } AS edges
