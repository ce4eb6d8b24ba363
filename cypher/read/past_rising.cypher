// past_rising: of each name the short and the long score, how uncertain the short one is, and the mentions that make it so, as it was recorded by a time.
// $metric   STRING          mentions (weight of the mention), risk, or sanctions (its best match)
// $at       INTEGER         epoch milliseconds, nothing later counts
// $from     INTEGER         epoch milliseconds, nothing older counts
// $recent   INTEGER         epoch milliseconds, nothing older counts for the short score
// $latest   INTEGER         epoch milliseconds, nothing older counts for how uncertain it is
// $short    FLOAT           the short half-life in milliseconds
// $long     FLOAT           the long one
// $known    ZONED DATETIME  recorded by then, and not closed yet
// $but      LIST<STRING>    mention ids that stood on another name then
// ->        rows LIST of [alias STRING, short FLOAT, born INTEGER, entity STRING and entity_kind STRING (as they are now), long FLOAT, spread FLOAT, mentions INTEGER]
// door:     GET /api/entities/rising with known_at or identity_at
// try:      :params {metric: 'mentions', at: 1735689600000, from: 0, recent: 0, latest: 0, short: 86400000.0, long: 2592000000.0, known: datetime(), but: []}
MATCH (x:Entity)
MATCH (x)<-[m:WHO|WHERE]-()
WHERE m.ts <= $at AND m.ts >= $from AND m.recorded_at <= $known AND (m.closed_at IS NULL OR m.closed_at > $known)
  AND ($but = [] OR NOT m.id IN $but)
WITH m.alias AS alias, m.ts AS ts, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                     ELSE m.sanctioned END AS weight
WHERE weight > 0
WITH alias, sum(CASE WHEN ts >= $recent THEN weight * 2.0 ^ ((ts - $at) / $short) ELSE 0.0 END) AS short,
     sum(weight * 2.0 ^ ((ts - $at) / $long)) AS long,
     sum(CASE WHEN ts >= $latest THEN weight * weight * 2.0 ^ (2 * (ts - $at) / $short) ELSE 0.0 END) AS spread,
     sum(CASE WHEN ts >= $latest THEN 1 ELSE 0 END) AS mentions
MATCH (a:Alias {key: alias})-[:NAMES]->(x:Entity)
RETURN collect([alias, short, a.born, x.key, x.kind, long, spread, mentions]) AS rows
