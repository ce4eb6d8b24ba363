// consequences_of: one step on from some events: the events that were told to come from them.
// $ids    LIST<STRING>  ids of events
// $limit  INTEGER       consequences at most of each event
// $known  ZONED DATETIME  links recorded by then, and not closed yet
// $until  INTEGER       epoch milliseconds, events that had happened by then
// ->      event STRING, others LIST<MAP> of id, title, occurred_at, category, confidence, told_at (when the link was recorded)
// door:   GET /api/events/{id}/consequences
// try:    :params {ids: ['made-007'], limit: 20, known: datetime('9999-12-31'), until: 253402300799999}
UNWIND $ids AS id
MATCH (e:Event {id: id})
CALL (e) {
  MATCH (e)<-[r:CAUSED_BY]-(c:Event)
  WHERE r.recorded_at <= $known AND (r.closed_at IS NULL OR r.closed_at > $known) AND c.ts <= $until
  WITH c, r ORDER BY c.ts, c.id LIMIT $limit
  RETURN collect({id: c.id, title: c.title, occurred_at: c.occurred_at, category: c.category,
                  confidence: coalesce(c.confidence, 1.0), told_at: r.recorded_at}) AS others
}
RETURN e.id AS event, others
