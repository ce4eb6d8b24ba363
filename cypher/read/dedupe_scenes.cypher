// dedupe_scenes: the newest events that tell of some names, and the names beside them there.
//   A name counts where it is written: what placements made of it leads to no other decision.
// $keys     LIST<STRING>  alias keys
// $events   INTEGER       events at most for each name, newest first
// $company  INTEGER       names beside it at most, those that are told beside it most often
// ->        key STRING, events LIST<STRING> (ids), company LIST<INTEGER> (aid)
// door:     pentad dedupe
// try:      :params {keys: ['9f2c…'], events: 30, company: 50}
UNWIND $keys AS key
MATCH (a:Alias {key: key})
CALL (a) {
  CALL (a) {
    MATCH (e:Event)-[m:WHO]->()
    USING INDEX SEEK m:WHO(aid, ts)
    WHERE m.aid = a.aid AND m.ts IS NOT NULL AND (m.alias0 IS NULL OR m.score IS NULL)
    RETURN e, m.ts AS ts
    ORDER BY ts DESC, e.id LIMIT $events
    UNION
    MATCH (e:Event)-[m:WHERE]->()
    USING INDEX SEEK m:WHERE(aid, ts)
    WHERE m.aid = a.aid AND m.ts IS NOT NULL AND (m.alias0 IS NULL OR m.score IS NULL)
    RETURN e, m.ts AS ts
    ORDER BY ts DESC, e.id LIMIT $events
    UNION
    MATCH (a)<-[:OF]-(j:Judgement)
    WHERE j.mention IS NOT NULL AND j.revoked_at IS NULL AND j.b = a.key AND j.by <> 'person'
    MATCH (e:Event {id: j.event})-[m:WHO|WHERE]->()
    WHERE m.id = j.mention AND m.alias0 = a.key AND m.score IS NOT NULL AND m.ts IS NOT NULL AND m.closed_at IS NULL
    RETURN e, m.ts AS ts
    ORDER BY ts DESC, e.id LIMIT $events
  }
  WITH DISTINCT e, ts
  ORDER BY ts DESC, e.id LIMIT $events
  RETURN collect(e) AS told
}
CALL (a, told) {
  UNWIND told AS e
  MATCH (e)-[o:WHO|WHERE]->()
  WHERE o.aid IS NOT NULL
  WITH e, CASE
    WHEN o.alias0 IS NULL OR o.score IS NULL THEN o.aid
    ELSE COLLECT { MATCH (first:Alias {key: o.alias0}) RETURN first.aid }[0]
  END AS aid
  WHERE aid <> a.aid
  WITH aid, count(DISTINCT e) AS times
  ORDER BY times DESC, aid LIMIT $company
  RETURN collect(aid) AS company
}
RETURN key, [e IN told | e.id] AS events, company
