// restore_reader_document: edges of one type from Reader to Document nodes, as a backup has them.
// $type  STRING     the type
// $rows  LIST<MAP>  from, to (keys), props
// ->     made INTEGER
// door:  pentad restore
// try:   MATCH p = (:Reader)-->(:Document) RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (a:Reader {id: row.from})
MATCH (b:Document {id: row.to})
CREATE (a)-[r:$($type)]->(b)
SET r = row.props
RETURN count(r) AS made
