// board_averages: plain averages of the risk of some entities' WHO and WHERE mentions that tell one.
// $keys  LIST<STRING>  keys from a board: an entity's, or one that it had before a merge
// $at    INTEGER       epoch milliseconds, nothing later counts
// $from  INTEGER       epoch milliseconds, nothing older counts (100 half-lives)
// ->     keys LIST<STRING>, averages LIST<FLOAT> 0..1
// door:  GET /api/entities/trending?metric=risk&order=average
// try:   :params {keys: ['9f2c…'], at: 1735689600000, from: 0}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
CALL (x) {
  MATCH (x)<-[m:WHO|WHERE]-()
  WHERE m.risk IS NOT NULL AND m.ts <= $at AND m.ts >= $from AND m.kid IS NOT NULL
  RETURN avg(m.risk) AS average
}
RETURN collect(key) AS keys, collect(coalesce(average, 0.0)) AS averages
