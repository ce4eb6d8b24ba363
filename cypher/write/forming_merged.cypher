// forming_merged: an event that went into another, which it is part of from then on.
// $event   STRING   id of the one that went
// $into    STRING   id of the other
// $change  INTEGER  number of the batch
// $at      ZONED DATETIME  when recorded
// ->       merged INTEGER
// door:    jobs of kind event and event-regroup
// try:     MATCH (a:Event)-[p:PART_OF {merged: true}]->(b:Event) RETURN a, p, b LIMIT 25
MATCH (e:Event {id: $event})
MATCH (o:Event {id: $into})
SET e.merged_into = $into, e.change = $change
WITH e, o
WHERE NOT EXISTS { MATCH (e)-[p:PART_OF]->(o) WHERE p.closed_at IS NULL }
CREATE (e)-[p:PART_OF {merged: true, recorded_at: $at}]->(o)
RETURN count(p) AS merged
