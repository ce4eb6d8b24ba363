// facts_judge: judgements that one fact superseded another, or did not.
// $rows   LIST<MAP>  properties of the judgement
// $at     ZONED DATETIME  when decided
// ->      made INTEGER
// door:   whatever writes relationships, POST /api/fact-judgements
// try:    MATCH (j:FactJudgement) RETURN j LIMIT 25
UNWIND $rows AS row
MERGE (j:FactJudgement {id: row.id})
ON CREATE SET j = row, j.at = $at
RETURN count(j) AS made
