// explain_judgements: live judgements among some names.
// $keys   LIST<STRING>  alias keys
// ->      j MAP of the judgement's properties
// door:   GET /api/entities/{key}/explain/{other}
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (:Alias {key: key})<-[:OF]-(j:Judgement)
WHERE j.mention IS NULL AND j.revoked_at IS NULL AND j.a = key AND j.b IN $keys
RETURN properties(j) AS j
ORDER BY j.at, j.id
