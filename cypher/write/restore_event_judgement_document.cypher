// restore_event_judgement_document: edges of one type from EventJudgement to Document nodes, as a backup has them.
// $type  STRING     the type
// $rows  LIST<MAP>  from, to (keys), props
// ->     made INTEGER
// door:  pentad restore
// try:   MATCH p = (:EventJudgement)-->(:Document) RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (a:EventJudgement {id: row.from})
MATCH (b:Document {id: row.to})
CREATE (a)-[r:$($type)]->(b)
SET r = row.props
RETURN count(r) AS made
