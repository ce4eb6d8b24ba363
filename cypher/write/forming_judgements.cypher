// forming_judgements: decisions whether two documents tell of one event, each of both documents.
// $rows    LIST<MAP>  props (id, a, b, verdict, by, author, reason, score)
// $change  INTEGER    number of the batch
// $at      ZONED DATETIME  when decided
// ->       made INTEGER
// door:    POST /api/event-judgements, jobs of kind event-regroup
// try:     MATCH (j:EventJudgement)-[:OF]->(d:Document) RETURN j, d LIMIT 25
UNWIND $rows AS row
MATCH (a:Document {id: row.props.a})
MATCH (b:Document {id: row.props.b})
MERGE (j:EventJudgement {id: row.props.id})
ON CREATE SET j = row.props, j.at = $at, j.change = $change
MERGE (j)-[:OF]->(a)
MERGE (j)-[:OF]->(b)
RETURN count(j) AS made
