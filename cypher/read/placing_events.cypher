// placing_events: some events with all their live mentions and the placements that stand of these.
// $ids   LIST<STRING>  ids of events
// ->     event STRING, ts INTEGER, mentions LIST<MAP> of id, alias, alias0, score, placements LIST<MAP> of the judgements' properties
// door:  pentad dedupe
// try:   :params {ids: ['e1']}
UNWIND $ids AS id
MATCH (e:Event {id: id})
CALL (e) {
  MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->()
  WHERE m.kid IS NOT NULL
  WITH e, m ORDER BY m.id
  RETURN collect({id: m.id, alias: m.alias, alias0: coalesce(m.alias0, m.alias), score: coalesce(m.score, 1.0)}) AS mentions,
         collect(CASE WHEN m.alias0 IS NOT NULL THEN m.id END) AS placed
}
RETURN e.id AS event, e.ts AS ts, mentions,
       COLLECT {
         UNWIND placed AS mention
         MATCH (j:Judgement {mention: mention})
         WHERE j.event = e.id AND j.revoked_at IS NULL
         RETURN properties(j)
       } AS placements
