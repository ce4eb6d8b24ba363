// retract_attributes: keeps on withdrawn events what they stated of names.
// $rows   LIST<MAP>  event, attributes (JSON: alias key to name to [value, epoch milliseconds, event id])
// ->      kept INTEGER
// door:   POST /api/retractions
// try:    MATCH (e:Event) WHERE e.retracted_attributes IS NOT NULL RETURN e LIMIT 5
UNWIND $rows AS row
MATCH (e:Event {id: row.event})
SET e.retracted_attributes = row.attributes
RETURN count(e) AS kept
