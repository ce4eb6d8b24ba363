// past_placements: single mentions that were put on some names, or taken off them, since a time, with all placements of each.
// $keys   LIST<STRING>  alias keys
// $at     ZONED DATETIME  since when
// $limit  INTEGER         mentions at most
// ->      event STRING, mention STRING, placements LIST<MAP> of the judgements' properties
// door:   reads with identity_at
// try:    :params {keys: ['9f2c…'], at: datetime('2026-01-01'), limit: 100}
UNWIND $keys AS key
MATCH (:Alias {key: key})<-[:OF]-(j:Judgement)
WHERE j.mention IS NOT NULL AND (j.at > $at OR j.revoked_at > $at)
WITH DISTINCT j.event AS event, j.mention AS mention
LIMIT $limit
MATCH (p:Judgement {mention: mention})
WHERE p.event = event
RETURN event, mention, collect(properties(p)) AS placements
