// restore_claim_entity: edges of one type from Claim to Entity nodes, as a backup has them.
// $type  STRING     the type
// $rows  LIST<MAP>  from, to (keys), props
// ->     made INTEGER
// door:  pentad restore
// try:   MATCH p = (:Claim)-->(:Entity) RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (a:Claim {id: row.from})
MATCH (b:Entity {key: row.to})
CREATE (a)-[r:$($type)]->(b)
SET r = row.props
RETURN count(r) AS made
