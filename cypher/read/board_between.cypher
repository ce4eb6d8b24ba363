// board_between: the boards of two times in one scan: entities by decayed weight at both.
// $metric     STRING        mentions (weight of the mention), risk, or sanctions (its best match)
// $before     INTEGER       epoch milliseconds, the earlier time
// $after      INTEGER       epoch milliseconds, the later one: nothing later counts
// $oldest     INTEGER       epoch milliseconds, nothing older counts for the earlier (100 half-lives)
// $old        INTEGER       the same for the later
// $half_life  FLOAT         milliseconds
// $floor      FLOAT         scores below it are 0
// $kinds      LIST<STRING>  kinds wanted, null for all
// $rest       BOOLEAN       with kinds: whether entities without a board of their own are wanted as well
// $known      LIST<STRING>  kinds that have a board of their own
// ->          keys LIST<STRING>, before LIST<FLOAT>, after LIST<FLOAT>
// door:       GET /api/diff
// try:        :params {metric: 'mentions', before: 1735689600000, after: 1738368000000, oldest: 0, old: 0, half_life: 604800000.0, floor: 1e-15, kinds: null, rest: false, known: []}
MATCH (x:Entity)
WHERE $kinds IS NULL OR x.kind IN $kinds OR ($rest AND NOT coalesce(x.kind, '') IN $known)
MATCH (x)<-[m:WHO|WHERE]-()
WHERE m.ts <= $after AND m.ts >= $oldest AND m.kid IS NOT NULL
WITH x, m.ts AS ts, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                    ELSE m.sanctioned END AS weight
WHERE weight > 0
WITH x, sum(CASE WHEN ts <= $before THEN weight * 2.0 ^ ((ts - $before) / $half_life) ELSE 0.0 END) AS before,
     sum(CASE WHEN ts >= $old THEN weight * 2.0 ^ ((ts - $after) / $half_life) ELSE 0.0 END) AS after
WHERE before >= $floor OR after >= $floor
RETURN collect(x.key) AS keys, collect(CASE WHEN before >= $floor THEN before ELSE 0.0 END) AS before,
       collect(CASE WHEN after >= $floor THEN after ELSE 0.0 END) AS after
