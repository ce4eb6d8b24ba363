// decision: what one decision made and what it took back.
// $id     STRING  id of the decision
// ->      j MAP of the judgement's properties, made BOOLEAN (false: taken back)
// door:   DELETE /api/merges/{id}, GET /api/merges/{id}
// try:    :params {id: '9f2c…'}
MATCH (j:Judgement {decision: $id})
RETURN properties(j) AS j, true AS made
UNION ALL
MATCH (j:Judgement {taken_in: $id})
RETURN properties(j) AS j, false AS made
