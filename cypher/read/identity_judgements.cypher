// identity_judgements: judgements on some names that stood at a past time.
// $keys   LIST<STRING>    alias keys
// $at     ZONED DATETIME  when
// $limit  INTEGER         rows at most
// ->      j MAP of the judgement's properties
// door:   GET /api/entities/{key}?identity_at=
// try:    :params {keys: ['9f2c…'], at: datetime('2025-01-01'), limit: 1000}
UNWIND $keys AS key
MATCH (:Alias {key: key})<-[:OF]-(j:Judgement)
WHERE j.mention IS NULL AND j.at <= $at AND (j.revoked_at IS NULL OR j.revoked_at > $at)
RETURN DISTINCT properties(j) AS j
LIMIT $limit
