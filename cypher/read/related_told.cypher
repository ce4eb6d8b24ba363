// related_told: the relationships that one event tells, between the entities that its names mean now.
// $id     STRING  id of the event
// ->      subject, subject_name, predicate, object, object_name STRING, confidence FLOAT|NULL
// door:   GET /api/events/{id}
// try:    :params {id: 'made-001'}
MATCH (s:Entity)-[r:RELATED {event: $id}]->(o:Entity)
WHERE r.closed_at IS NULL
RETURN s.key AS subject, s.name AS subject_name, r.predicate AS predicate, o.key AS object, o.name AS object_name,
       r.confidence AS confidence
ORDER BY predicate, subject_name, object_name
