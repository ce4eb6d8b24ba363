// restore_document_passage: edges of one type from Document to Passage nodes, as a backup has them.
// $type  STRING     the type
// $rows  LIST<MAP>  from, to (keys), props
// ->     made INTEGER
// door:  pentad restore
// try:   MATCH p = (:Document)-->(:Passage) RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (a:Document {id: row.from})
MATCH (b:Passage {id: row.to})
CREATE (a)-[r:$($type)]->(b)
SET r = row.props
RETURN count(r) AS made
