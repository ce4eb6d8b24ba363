// past_tally_risks: of each name how many mentions told a risk by a time, and the sum of these risks.
// $at     INTEGER         epoch milliseconds, nothing later counts
// $from   INTEGER         epoch milliseconds, nothing older counts (100 half-lives)
// $known  ZONED DATETIME  recorded by then, and not closed yet
// $but    LIST<STRING>    mention ids that stood on another name then
// ->      rows LIST of [alias STRING, n INTEGER, total FLOAT, born INTEGER, entity STRING and entity_kind STRING (as they are now)]
// door:   GET /api/entities/trending?metric=risk&order=average with known_at or identity_at
// try:    :params {at: 1735689600000, from: 0, known: datetime(), but: []}
MATCH (x:Entity)
MATCH (x)<-[m:WHO|WHERE]-()
WHERE m.risk IS NOT NULL AND m.ts <= $at AND m.ts >= $from
  AND m.recorded_at <= $known AND (m.closed_at IS NULL OR m.closed_at > $known) AND ($but = [] OR NOT m.id IN $but)
WITH m.alias AS alias, count(*) AS n, sum(m.risk) AS total
MATCH (a:Alias {key: alias})-[:NAMES]->(x:Entity)
RETURN collect([alias, n, total, a.born, x.key, x.kind]) AS rows
