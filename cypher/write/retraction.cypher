// retraction: what was withdrawn, by whom and why, told again its counts are added to.
// $id      STRING
// $props   MAP        sort, target, name, reason, author
// $state   STRING     applying, applied, undone, erasing or erased
// $events     INTEGER  that this step withdrew
// $documents  INTEGER  likewise
// $at      ZONED DATETIME  when
// ->       state STRING
// door:    POST /api/retractions, DELETE /api/retractions/{id}
// try:     MATCH (r:Retraction) RETURN r LIMIT 25
MERGE (r:Retraction {id: $id})
ON CREATE SET r = $props, r.id = $id, r.at = $at, r.events = 0, r.documents = 0
SET r.state = $state, r.events = r.events + $events, r.documents = r.documents + $documents
FOREACH (_ IN CASE WHEN $state = 'undone' THEN [1] ELSE [] END | SET r.undone_at = $at)
RETURN r.state AS state
