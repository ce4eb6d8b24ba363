// entities_drop: takes away entities that no alias names any more.
// $keys   LIST<STRING>  entity keys
// ->      dropped INTEGER
// door:   merge, split and whatever decides a name anew
// try:    MATCH (x:Entity) WHERE NOT EXISTS { (:Alias)-[:NAMES]->(x) } RETURN x
UNWIND $keys AS key
MATCH (x:Entity {key: key})
WHERE NOT EXISTS { (:Alias)-[:NAMES]->(x) } AND NOT EXISTS { (x)<-[:WHO|WHAT|WHERE|WHEN|WHY]-() }
DETACH DELETE x
RETURN count(*) AS dropped
