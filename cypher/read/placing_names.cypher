// placing_names: names of which some mention stands elsewhere since a rule, the batch or the online path says so.
// ->     key STRING
// door:  pentad dedupe
// try:   MATCH (j:Judgement) WHERE j.mention IS NOT NULL RETURN j LIMIT 10
MATCH (j:Judgement)
WHERE j.mention IS NOT NULL AND j.revoked_at IS NULL AND j.by <> 'person'
RETURN DISTINCT j.b AS key
