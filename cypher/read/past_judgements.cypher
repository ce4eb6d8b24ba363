// past_judgements: all judgements on names that stood at a time.
// $at     ZONED DATETIME  when
// ->      j MAP of the judgement's properties
// door:   GET /api/entities/trending and /rank with identity_at
// try:    :params {at: datetime('2026-01-01')}
MATCH (j:Judgement)
WHERE j.mention IS NULL AND j.at <= $at AND (j.revoked_at IS NULL OR j.revoked_at > $at)
RETURN properties(j) AS j
