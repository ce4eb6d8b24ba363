// rising_spread: how uncertain the short score of some entities is: the sum of squares of what each mention adds to it.
// $metric     STRING        mentions (weight of the mention), risk, or sanctions (its best match)
// $keys       LIST<STRING>  entity keys
// $at         INTEGER       epoch milliseconds, nothing later counts
// $from       INTEGER       epoch milliseconds, nothing older counts
// $half_life  FLOAT         milliseconds
// ->          keys LIST<STRING>, spreads LIST<FLOAT>, counts LIST<INTEGER> (mentions that count)
// door:       GET /api/entities/rising
// try:        :params {metric: 'mentions', keys: ['9f2c…'], at: 1735689600000, from: 0, half_life: 86400000.0}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
CALL (x) {
  CALL (x) {
    MATCH ()-[m:WHO]->(y)
    USING INDEX SEEK m:WHO(kid, ts, id)
    WHERE m.kid = x.kid AND m.ts <= $at AND m.ts >= $from AND m.id IS NOT NULL AND y = x
    RETURN m.ts AS ts, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                       ELSE m.sanctioned END AS weight
    UNION ALL
    MATCH ()-[m:WHERE]->(y)
    USING INDEX SEEK m:WHERE(kid, ts, id)
    WHERE m.kid = x.kid AND m.ts <= $at AND m.ts >= $from AND m.id IS NOT NULL AND y = x
    RETURN m.ts AS ts, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                       ELSE m.sanctioned END AS weight
  }
  WITH ts, weight WHERE weight > 0
  RETURN sum(weight * weight * 2.0 ^ (2 * (ts - $at) / $half_life)) AS spread, count(*) AS n
}
RETURN collect(key) AS keys, collect(spread) AS spreads, collect(n) AS counts
