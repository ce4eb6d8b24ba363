// fact_judgement: one judgement on facts.
// $id    STRING
// ->     j MAP
// door:  DELETE /api/fact-judgements/{id}
// try:   :params {id: '9f2c…'}
MATCH (j:FactJudgement {id: $id})
RETURN properties(j) AS j
