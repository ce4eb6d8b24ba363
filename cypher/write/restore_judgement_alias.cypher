// restore_judgement_alias: edges of one type from Judgement to Alias nodes, as a backup has them.
// $type  STRING     the type
// $rows  LIST<MAP>  from, to (keys), props
// ->     made INTEGER
// door:  pentad restore
// try:   MATCH p = (:Judgement)-->(:Alias) RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (a:Judgement {id: row.from})
MATCH (b:Alias {key: row.to})
CREATE (a)-[r:$($type)]->(b)
SET r = row.props
RETURN count(r) AS made
