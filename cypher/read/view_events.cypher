// view_events: the newest events of some entities in a period, each with those of them that it names.
// $keys    LIST<STRING>  keys of the entities themselves
// $since   INTEGER       epoch milliseconds, included
// $until   INTEGER       epoch milliseconds, included
// $budget  INTEGER       newest mentions per W and entity that are looked at
// ->       events LIST<LIST> of ts INTEGER (epoch milliseconds), keys LIST<STRING> (two or more), whole LIST<STRING> (keys of
//          which every mention of the period was looked at)
// door:    GET /graph
// try:     :params {keys: ['9f2c…', '51aa…'], since: 0, until: 4102444800000, budget: 200}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
CALL (x) {
  CALL (x) {
    MATCH (e)-[m:WHO]->(y)
    USING INDEX SEEK m:WHO(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHO' IN x.ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN collect(e) AS found
    UNION ALL
    MATCH (e)-[m:WHAT]->(y)
    USING INDEX SEEK m:WHAT(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHAT' IN x.ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN collect(e) AS found
    UNION ALL
    MATCH (e)-[m:WHERE]->(y)
    USING INDEX SEEK m:WHERE(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHERE' IN x.ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN collect(e) AS found
    UNION ALL
    MATCH (e)-[m:WHEN]->(y)
    USING INDEX SEEK m:WHEN(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHEN' IN x.ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN collect(e) AS found
    UNION ALL
    MATCH (e)-[m:WHY]->(y)
    USING INDEX SEEK m:WHY(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHY' IN x.ws THEN x.kid END AND m.ts >= $since AND m.ts <= $until AND m.id IS NOT NULL
      AND y = x
    WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    RETURN collect(e) AS found
  }
  RETURN reduce(all = [], part IN collect(found) | all + part) AS events, max(size(found)) < $budget AS looked
}
WITH collect({x: x, events: events, looked: looked}) AS parts
CALL (parts) {
  UNWIND parts AS part
  UNWIND part.events AS e
  WITH DISTINCT e
  MATCH (e)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(o:Entity)
  WHERE m.kid IS NOT NULL AND o.key IN $keys
  WITH e, collect(DISTINCT o.key) AS named
  WHERE size(named) > 1
  RETURN collect([e.ts, named]) AS events
}
RETURN events, [part IN parts WHERE part.looked | part.x.key] AS whole
