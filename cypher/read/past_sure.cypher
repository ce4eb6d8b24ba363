// past_sure: how sure the mentions of some events are, as they were recorded by a time: relevance, and the score of now.
// $events  LIST<STRING>    event ids
// $known   ZONED DATETIME  recorded by then, and not closed yet
// ->       event, mention STRING, ts INTEGER, w, alias, alias0, surface STRING, relevance, score FLOAT (0..1)
// door:    GET /api/paths with known_at or identity_at, GET /api/events/{id}/why with a clock
// try:     :params {events: ['e1'], known: datetime()}
UNWIND $events AS id
MATCH (e:Event {id: id})-[m:WHO|WHAT|WHERE|WHEN|WHY]->(:Entity)
WHERE m.recorded_at <= $known AND (m.closed_at IS NULL OR m.closed_at > $known)
RETURN e.id AS event, m.id AS mention, m.ts AS ts, type(m) AS w, m.alias AS alias, coalesce(m.alias0, m.alias) AS alias0,
       m.surface AS surface, coalesce(m.relevance, 1.0) AS relevance, coalesce(m.score, 1.0) AS score
