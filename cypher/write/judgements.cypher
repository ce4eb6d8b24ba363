// judgements: appends to the ledger.
// $rows   LIST<MAP>  aliases LIST<STRING>, props of the judgement
// $at     ZONED DATETIME  when
// ->      written INTEGER
// door:   every ingest, reviews
// try:    MATCH (a:Alias)<-[:OF]-(j:Judgement)-[:OF]->(b:Alias) RETURN a, j, b LIMIT 25
UNWIND $rows AS row
CREATE (j:Judgement)
SET j = row.props, j.at = $at
WITH j, row
UNWIND row.aliases AS key
MATCH (a:Alias {key: key})
CREATE (j)-[:OF]->(a)
RETURN count(*) AS written
