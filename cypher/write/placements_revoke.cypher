// placements_revoke: takes back where rules, context and the batch placed mentions of events that are told or read anew. What persons placed stays.
// $ids     LIST<STRING>    event ids
// $at      ZONED DATETIME  when
// $change  INTEGER         change number of the batch
// ->       revoked INTEGER
// door:    every ingest of a changed event, pentad extract-entities
// try:     MATCH (j:Judgement) WHERE j.mention IS NOT NULL AND j.revoked_at IS NOT NULL RETURN j LIMIT 10
UNWIND $ids AS id
MATCH (j:Judgement {event: id})
WHERE j.mention IS NOT NULL AND j.by <> 'person' AND j.revoked_at IS NULL
SET j.revoked_at = $at, j.made_change = coalesce(j.made_change, j.change), j.change = $change
RETURN count(j) AS revoked
