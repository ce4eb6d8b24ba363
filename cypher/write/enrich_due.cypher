// enrich_due: sure events whose entities are to be looked up elsewhere.
// $ids    LIST<STRING>    event ids
// $at     ZONED DATETIME
// ->      events INTEGER
// door:   jobs of kind event and event-regroup
// try:    MATCH (e:Event) WHERE e.enrich_due IS NOT NULL RETURN e.id, e.enrich_due LIMIT 25
UNWIND $ids AS id
MATCH (e:Event {id: id})
SET e.enrich_due = coalesce(e.enrich_due, $at)
RETURN count(e) AS events
