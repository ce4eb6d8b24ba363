// board_rank_as_of: place of one entity on the board of a past time, computed from the mentions.
// $metric     STRING        mentions (weight of the mention), risk, or sanctions (its best match)
// $key        STRING        entity key
// $at         INTEGER       epoch milliseconds, nothing later counts
// $from       INTEGER       epoch milliseconds, nothing older counts (100 half-lives)
// $half_life  FLOAT         milliseconds
// $floor      FLOAT         scores below it are left out
// $kinds      LIST<STRING>  kinds wanted, null for all
// $rest       BOOLEAN       with kinds: whether entities without a board of their own are wanted as well
// $known      LIST<STRING>  kinds that have a board of their own
// ->          total INTEGER, score FLOAT 0 when it is not on the board, above INTEGER members before it
// door:       GET /api/entities/{key}/rank?as_of=
// try:        :params {metric: 'mentions', key: '9f2c…', at: 1735689600000, from: 0, half_life: 604800000.0, floor: 1e-15, kinds: null, rest: false, known: []}
MATCH (x:Entity)
WHERE $kinds IS NULL OR x.kind IN $kinds OR ($rest AND NOT coalesce(x.kind, '') IN $known)
MATCH (x)<-[m:WHO|WHERE]-()
WHERE m.ts <= $at AND m.ts >= $from AND m.kid IS NOT NULL
WITH x, m.ts AS ts, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                    ELSE m.sanctioned END AS weight
WHERE weight > 0
WITH x, sum(weight * 2.0 ^ ((ts - $at) / $half_life)) AS score
WHERE score >= $floor
WITH collect(x.key) AS keys, collect(score) AS scores
WITH keys, scores, coalesce(head([i IN range(0, size(keys) - 1) WHERE keys[i] = $key | scores[i]]), 0.0) AS score
RETURN size(keys) AS total, score,
       size([i IN range(0, size(keys) - 1) WHERE scores[i] > score OR (scores[i] = score AND keys[i] > $key)]) AS above
