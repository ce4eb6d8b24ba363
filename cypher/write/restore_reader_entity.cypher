// restore_reader_entity: edges of one type from Reader to Entity nodes, as a backup has them.
// $type  STRING     the type
// $rows  LIST<MAP>  from, to (keys), props
// ->     made INTEGER
// door:  pentad restore
// try:   MATCH p = (:Reader)-->(:Entity) RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (a:Reader {id: row.from})
MATCH (b:Entity {key: row.to})
CREATE (a)-[r:$($type)]->(b)
SET r = row.props
RETURN count(r) AS made
