// event_head: what a list shows of one event.
// $id     STRING   id of the event
// ->      id STRING, title STRING, occurred_at ZONED DATETIME, category STRING, confidence FLOAT 0..1
// door:   GET /api/events/{id}/why, GET /api/events/{id}/consequences
// try:    :params {id: 'made-008'}
MATCH (e:Event {id: $id})
RETURN e.id AS id, e.title AS title, e.occurred_at AS occurred_at, e.category AS category,
       coalesce(e.confidence, 1.0) AS confidence
