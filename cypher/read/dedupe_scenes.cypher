// dedupe_scenes: the newest events that tell of some names, and the names beside them there.
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
    WHERE m.aid = a.aid AND m.ts IS NOT NULL
    RETURN e, m.ts AS ts
    ORDER BY ts DESC, e.id LIMIT $events
    UNION
    MATCH (e:Event)-[m:WHERE]->()
    USING INDEX SEEK m:WHERE(aid, ts)
    WHERE m.aid = a.aid AND m.ts IS NOT NULL
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
  WHERE o.aid IS NOT NULL AND o.aid <> a.aid
  WITH o.aid AS aid, count(DISTINCT e) AS times
  ORDER BY times DESC, aid LIMIT $company
  RETURN collect(aid) AS company
}
RETURN key, [e IN told | e.id] AS events, company
