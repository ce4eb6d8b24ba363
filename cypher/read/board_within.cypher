// board_within: the board of what happened in some places: entities by decayed weight in the events told to be there.
// $metric     STRING        mentions (weight of the mention), risk, or sanctions (its best match)
// $places     LIST<STRING>  keys of the places: the one asked about first, which is left out
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
// door:       GET /api/entities/trending?within=
// try:        :params {metric: 'mentions', places: ['9f2c…'], at: 1735689600000, from: 0, half_life: 604800000.0, floor: 1e-15, kinds: null, rest: false, known: [], offset: 0, limit: 20}
UNWIND $places AS place
MATCH (p:Entity {key: place})
CALL (p) {
  MATCH (e)-[m:WHERE]->(y)
  USING INDEX SEEK m:WHERE(kid, ts, id)
  WHERE m.kid = p.kid AND m.ts <= $at AND m.ts >= $from AND m.id IS NOT NULL AND y = p
  RETURN e
}
WITH DISTINCT e
MATCH (e)-[m:WHO|WHERE]->(x:Entity)
WHERE m.kid IS NOT NULL AND x.key <> $places[0]
  AND ($kinds IS NULL OR x.kind IN $kinds OR ($rest AND NOT coalesce(x.kind, '') IN $known))
WITH x, m.ts AS ts, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                    ELSE m.sanctioned END AS weight
WHERE weight > 0
WITH x, sum(weight * 2.0 ^ ((ts - $at) / $half_life)) AS score
WHERE score >= $floor
WITH x.key AS key, score
ORDER BY score DESC, key DESC
WITH collect(key) AS keys, collect(score) AS scores
RETURN size(keys) AS total, keys[$offset..$offset + $limit] AS keys, scores[$offset..$offset + $limit] AS scores
