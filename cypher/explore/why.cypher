// why: what one event came from: the events told as its causes, theirs, and the reasons that each gives, as a graph.
// $id      STRING   id of the event
// ->       e NODE, causes LIST<PATH>, reasons LIST<PATH>
// door:    GET /api/events/{id}/why
// try:     :params {id: 'made-008'}
MATCH (e:Event {id: $id})
CALL (e) {
  OPTIONAL MATCH p = (e)-[:CAUSED_BY*1..3]->(:Event)
  WHERE all(r IN relationships(p) WHERE r.closed_at IS NULL)
  RETURN collect(p) AS causes
}
CALL (e) {
  OPTIONAL MATCH p = (e)-[:CAUSED_BY*0..3]->(:Event)-[m:WHY]->(:Entity)
  WHERE m.kid IS NOT NULL
  RETURN collect(p) AS reasons
}
RETURN e, causes, reasons
