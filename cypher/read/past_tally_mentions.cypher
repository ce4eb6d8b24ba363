// past_tally_mentions: how often each name had been told by a time, in any W.
// $at     INTEGER         epoch milliseconds, nothing later counts
// $known  ZONED DATETIME  recorded by then, and not closed yet
// $but    LIST<STRING>    mention ids that stood on another name then
// ->      rows LIST of [alias STRING, n INTEGER, 0.0, born INTEGER, entity STRING and entity_kind STRING (as they are now)]
// door:   GET /api/entities/trending?metric=sanctions&order=mentions with known_at or identity_at
// try:    :params {at: 1735689600000, known: datetime(), but: []}
MATCH (x:Entity)
MATCH (x)<-[m:WHO|WHAT|WHERE|WHEN|WHY]-()
WHERE m.ts <= $at AND m.recorded_at <= $known AND (m.closed_at IS NULL OR m.closed_at > $known)
  AND ($but = [] OR NOT m.id IN $but)
WITH m.alias AS alias, count(*) AS n
MATCH (a:Alias {key: alias})-[:NAMES]->(x:Entity)
RETURN collect([alias, n, 0.0, a.born, x.key, x.kind]) AS rows
