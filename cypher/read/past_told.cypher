// past_told: all that one event mentioned, as it was recorded by a time.
// $id     STRING          id of the event
// $known  ZONED DATETIME  recorded by then, and not closed yet
// ->      id, w, surface, role STRING, ts INTEGER, relevance, score, weight, risk FLOAT, sanctions STRING (JSON), alias, alias0 STRING
// door:   GET /api/events/{id} with known_at or identity_at
// try:    :params {id: 'e1', known: datetime()}
MATCH (e:Event {id: $id})-[m:WHO|WHAT|WHERE|WHEN|WHY]->(:Entity)
WHERE m.recorded_at <= $known AND (m.closed_at IS NULL OR m.closed_at > $known)
RETURN m.id AS id, type(m) AS w, m.surface AS surface, m.role AS role, m.ts AS ts,
       coalesce(m.relevance, 1.0) AS relevance, coalesce(m.score, 1.0) AS score, m.weight AS weight, m.risk AS risk,
       m.sanctions AS sanctions, m.alias AS alias, coalesce(m.alias0, m.alias) AS alias0
