// past_placements_all: single mentions that were put on another name, or back, since a time, with all placements of each.
// $at     ZONED DATETIME  since when
// $limit  INTEGER         mentions at most
// ->      event STRING, mention STRING, placements LIST<MAP> of the judgements' properties
// door:   GET /api/entities/trending and /rank with identity_at
// try:    :params {at: datetime('2026-01-01'), limit: 100}
MATCH (j:Judgement)
WHERE j.mention IS NOT NULL AND (j.at > $at OR j.revoked_at > $at)
WITH DISTINCT j.event AS event, j.mention AS mention
LIMIT $limit
MATCH (p:Judgement {mention: mention})
WHERE p.event = event
RETURN event, mention, collect(properties(p)) AS placements
