// placing_told: live events that write some names, whichever alias stands for these there.
// $keys  LIST<STRING>  alias keys
// ->     ts INTEGER (epoch milliseconds), event STRING, each event once for each name
// door:  pentad dedupe
// try:   :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (a:Alias {key: key})
CALL (a) {
  MATCH (e)-[m:WHO]->()
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN e
  UNION
  MATCH (e)-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN e
  UNION
  MATCH (a)<-[:OF]-(j:Judgement)
  WHERE j.mention IS NOT NULL AND j.revoked_at IS NULL AND j.b = a.key
  MATCH (e:Event {id: j.event})
  RETURN e
}
RETURN e.ts AS ts, e.id AS event
