// placing_scenes: events that mention some names, or mentioned them before a placement, with all their live mentions.
// $keys   LIST<STRING>  alias keys
// $limit  INTEGER       mentions of each name and W at most, the newest
// ->      event STRING, ts INTEGER, mentions LIST<MAP> of id, alias, alias0, score
// door:   merge, split, reviews, pentad dedupe
// try:    :params {keys: ['9f2c…'], limit: 1000}
UNWIND $keys AS key
MATCH (a:Alias {key: key})
CALL (a) {
  MATCH (e)-[m:WHO]->()
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN e ORDER BY m.ts DESC LIMIT $limit
  UNION
  MATCH (e)-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN e ORDER BY m.ts DESC LIMIT $limit
  UNION
  MATCH (a)<-[:OF]-(j:Judgement)
  WHERE j.mention IS NOT NULL AND j.revoked_at IS NULL
  WITH j LIMIT $limit
  MATCH (e:Event {id: j.event})
  RETURN e
}
WITH DISTINCT e
MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->()
WHERE m.kid IS NOT NULL
WITH e, m ORDER BY m.id
RETURN e.id AS event, e.ts AS ts,
       collect({id: m.id, alias: m.alias, alias0: coalesce(m.alias0, m.alias), score: coalesce(m.score, 1.0)}) AS mentions
ORDER BY event
