// board_why: the events that contribute most to one entity's score, among its newest WHO and WHERE mentions.
// $metric     STRING   mentions (weight of the mention), risk, or sanctions (its best match)
// $key        STRING   entity key
// $at         INTEGER  epoch milliseconds, nothing later counts
// $from       INTEGER  epoch milliseconds, nothing older counts (100 half-lives)
// $half_life  FLOAT    milliseconds
// $window     INTEGER  mentions weighed at most of each W
// $limit      INTEGER  events at most
// ->          weighed INTEGER, events LIST<MAP> {event, title, occurred_at, contribution}, most first
// door:       GET /api/entities/{key}/rank?why=true
// try:        :params {metric: 'mentions', key: '9f2c…', at: 1735689600000, from: 0, half_life: 604800000.0, window: 1000, limit: 10}
MATCH (x:Entity {key: $key})
CALL (x) {
  CALL (x) {
    MATCH (e:Event)-[m:WHO]->(y:Entity)
    USING INDEX SEEK m:WHO(kid, ts, id)
    WHERE m.kid = x.kid AND m.ts <= $at AND m.ts >= $from AND m.id IS NOT NULL
    RETURN e, m, y
    ORDER BY m.kid DESC, m.ts DESC
    LIMIT $window
  }
  // Two keys may share a kid: the node decides.
  WITH e, m, y, x WHERE y = x
  RETURN e, m.ts AS ts, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                             ELSE m.sanctioned END AS weight
  UNION ALL
  CALL (x) {
    MATCH (e:Event)-[m:WHERE]->(y:Entity)
    USING INDEX SEEK m:WHERE(kid, ts, id)
    WHERE m.kid = x.kid AND m.ts <= $at AND m.ts >= $from AND m.id IS NOT NULL
    RETURN e, m, y
    ORDER BY m.kid DESC, m.ts DESC
    LIMIT $window
  }
  WITH e, m, y, x WHERE y = x
  RETURN e, m.ts AS ts, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                             ELSE m.sanctioned END AS weight
}
WITH e, ts, weight WHERE weight > 0
WITH e, sum(weight * 2.0 ^ ((ts - $at) / $half_life)) AS contribution, count(*) AS mentions
ORDER BY contribution DESC, e.id
WITH collect({event: e, contribution: contribution})[..$limit] AS best, sum(mentions) AS weighed
RETURN weighed, [b IN best | {
  event: b.event.id, title: b.event.title, occurred_at: b.event.occurred_at, contribution: b.contribution
}] AS events
