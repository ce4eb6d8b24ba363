// erase_events: deletes withdrawn events with all their versions, edges, facts and judgements.
// $ids    LIST<STRING>  event ids
// ->      erased INTEGER
// door:   POST /api/retractions with erase
// try:    MATCH (e:Event) WHERE e.retracted IS NOT NULL RETURN e LIMIT 5
CALL () {
  UNWIND $ids AS id
  MATCH ()-[r:RELATED]->()
  USING INDEX SEEK r:RELATED(event)
  WHERE r.event = id
  CALL (r) {
    MATCH (j:FactJudgement) WHERE j.older = r.id OR j.newer = r.id
    DELETE j
  }
  DELETE r
}
CALL () {
  UNWIND $ids AS id
  MATCH (j:Judgement {event: id})
  DETACH DELETE j
}
CALL () {
  MATCH (j:FactJudgement)
  WHERE any(id IN $ids WHERE id IN j.events)
  SET j.events = [one IN j.events WHERE NOT one IN $ids]
}
CALL () {
  MATCH (f:Firing)
  WHERE any(id IN $ids WHERE f.told CONTAINS id)
  DETACH DELETE f
}
CALL () {
  UNWIND $ids AS id
  MATCH (p:EventProfile {key: id})
  DETACH DELETE p
}
UNWIND $ids AS id
MATCH (e:Event {id: id})
OPTIONAL MATCH (e)-[:HAD_VERSION]->(v:EventVersion)
WITH e, collect(v) AS versions
FOREACH (v IN versions | DETACH DELETE v)
DETACH DELETE e
RETURN count(*) AS erased
