// restore_claim_event: edges of one type from Claim to Event nodes, as a backup has them.
// $type  STRING     the type
// $rows  LIST<MAP>  from, to (keys), props
// ->     made INTEGER
// door:  pentad restore
// try:   MATCH p = (:Claim)-->(:Event) RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (a:Claim {id: row.from})
MATCH (b:Event {id: row.to})
CREATE (a)-[r:$($type)]->(b)
SET r = row.props
RETURN count(r) AS made
