// past_list: every name that was ever told by a time, with how often it is mentioned in any W, and when last.
// $at     INTEGER         epoch milliseconds, nothing later counts
// $known  ZONED DATETIME  recorded by then (what was closed by then is told, not counted)
// $but    LIST<STRING>    mention ids that stood on another name then
// ->      rows LIST of [alias STRING, born INTEGER, entity STRING and entity_kind STRING (as they are now), name STRING, n INTEGER,
//         last INTEGER|NULL (epoch milliseconds)]
// door:   GET /api/entities, /ancestors and /descendants with as_of, known_at or identity_at, /api/entities/trending?order=mentions with the last two
// try:    :params {at: 1735689600000, known: datetime(), but: []}
MATCH (x:Entity)
MATCH (x)<-[m:WHO|WHAT|WHERE|WHEN|WHY]-()
WHERE m.ts <= $at AND m.recorded_at <= $known AND ($but = [] OR NOT m.id IN $but)
WITH m.alias AS alias, CASE WHEN m.closed_at IS NULL OR m.closed_at > $known THEN m.ts END AS ts
WITH alias, count(ts) AS n, max(ts) AS last
MATCH (a:Alias {key: alias})-[:NAMES]->(x:Entity)
RETURN collect([alias, a.born, x.key, x.kind, a.name, n, last]) AS rows
