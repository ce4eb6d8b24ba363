// past_companions: all that some events mentioned, as it was recorded by a time.
// $events  LIST<STRING>    event ids
// $ws      LIST<STRING>    W's asked for
// $known   ZONED DATETIME  recorded by then, and not closed yet
// ->       event STRING, mention STRING, ts INTEGER, w, alias, alias0 STRING
// door:    GET /api/entities/{key}/co-mentions and /api/events with known_at or identity_at
// try:     :params {events: ['e1'], ws: ['WHO', 'WHERE'], known: datetime()}
UNWIND $events AS id
MATCH (e:Event {id: id})-[m:WHO|WHAT|WHERE|WHEN|WHY]->(:Entity)
WHERE type(m) IN $ws AND m.recorded_at <= $known AND (m.closed_at IS NULL OR m.closed_at > $known)
RETURN e.id AS event, m.id AS mention, m.ts AS ts, type(m) AS w, m.alias AS alias, coalesce(m.alias0, m.alias) AS alias0
