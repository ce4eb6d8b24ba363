// past_board_origins: decayed weight of each name where a mention weighs as often as its event had independent origins, as it was recorded by a time.
// $metric     STRING          mentions (weight of the mention), risk, or sanctions (its best match)
// $origins    MAP             independent origins by event id, of events that had more than one
// $at         INTEGER         epoch milliseconds, nothing later counts
// $from       INTEGER         epoch milliseconds, nothing older counts (100 half-lives)
// $half_life  FLOAT           milliseconds
// $known      ZONED DATETIME  recorded by then, and not closed yet
// $but        LIST<STRING>    mention ids that stood on another name then
// ->          rows LIST of [alias STRING, score FLOAT, born INTEGER, entity STRING and entity_kind STRING (as they are now)]
// door:       GET /api/entities/trending?weigh=origins with known_at or identity_at
// try:        :params {metric: 'mentions', origins: {}, at: 1735689600000, from: 0, half_life: 604800000.0, known: datetime(), but: []}
MATCH (x:Entity)
MATCH (x)<-[m:WHO|WHERE]-(e:Event)
WHERE m.ts <= $at AND m.ts >= $from AND m.recorded_at <= $known AND (m.closed_at IS NULL OR m.closed_at > $known)
  AND ($but = [] OR NOT m.id IN $but)
WITH m.alias AS alias, m.ts AS ts, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                     ELSE m.sanctioned END * coalesce($origins[e.id], 1) AS weight
WHERE weight > 0
WITH alias, sum(weight * 2.0 ^ ((ts - $at) / $half_life)) AS score
MATCH (a:Alias {key: alias})-[:NAMES]->(x:Entity)
RETURN collect([alias, score, a.born, x.key, x.kind]) AS rows
