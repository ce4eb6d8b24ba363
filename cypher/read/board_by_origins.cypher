// board_by_origins: the board where an event weighs as often as it has independent origins: entities by decayed weight, best first.
// $metric     STRING        mentions (weight of the mention), risk, or sanctions (its best match)
// $origins    MAP           independent origins by event id, of events that have more than one
// $at         INTEGER       epoch milliseconds, nothing later counts
// $from       INTEGER       epoch milliseconds, nothing older counts (100 half-lives)
// $half_life  FLOAT         milliseconds
// $floor      FLOAT         scores below it are left out
// $kinds      LIST<STRING>  kinds wanted, null for all
// $rest       BOOLEAN       with kinds: whether entities without a board of their own are wanted as well
// $known      LIST<STRING>  kinds that have a board of their own
// $offset     INTEGER       rows to pass over
// $limit      INTEGER       rows at most
// ->          total INTEGER, keys LIST<STRING>, scores LIST<FLOAT>
// door:       GET /api/entities/trending?weigh=origins
// try:        :params {metric: 'mentions', origins: {}, at: 1735689600000, from: 0, half_life: 604800000.0, floor: 1e-15, kinds: null, rest: false, known: [], offset: 0, limit: 20}
MATCH (x:Entity)
WHERE $kinds IS NULL OR x.kind IN $kinds OR ($rest AND NOT coalesce(x.kind, '') IN $known)
MATCH (x)<-[m:WHO|WHERE]-(e:Event)
WHERE m.ts <= $at AND m.ts >= $from AND m.kid IS NOT NULL
WITH x, m.ts AS ts, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                    ELSE m.sanctioned END * coalesce($origins[e.id], 1) AS weight
WHERE weight > 0
WITH x, sum(weight * 2.0 ^ ((ts - $at) / $half_life)) AS score
WHERE score >= $floor
WITH x.key AS key, score
ORDER BY score DESC, key DESC
WITH collect(key) AS keys, collect(score) AS scores
RETURN size(keys) AS total, keys[$offset..$offset + $limit] AS keys, scores[$offset..$offset + $limit] AS scores
