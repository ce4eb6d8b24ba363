// backup_passages: texts of pages in parts, whole: labels, properties and outgoing edges.
// $keys  LIST<STRING>
// ->     key STRING, labels LIST<STRING>, props MAP, edges LIST of [type, key of the other end, properties]
// door:  pentad backup
// try:   :params {keys: ['9f2c…']}
UNWIND $keys AS wanted
MATCH (n:Passage {id: wanted})
RETURN n.id AS key, labels(n) AS labels, properties(n) AS props,
       COLLECT { MATCH (n)-[r]->(o) RETURN [type(r), coalesce(o.key, o.id), properties(r)] } AS edges
