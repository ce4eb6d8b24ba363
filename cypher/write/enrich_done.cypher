// enrich_done: events whose entities were looked up.
// $ids    LIST<STRING>    event ids
// ->      events INTEGER
// door:   jobs of kind enrichment
// try:    MATCH (e:Event) WHERE e.enrich_due IS NOT NULL RETURN count(e)
UNWIND $ids AS id
MATCH (e:Event {id: id})
REMOVE e.enrich_due
RETURN count(e) AS events
