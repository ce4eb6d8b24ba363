// past_board_story: votes of each name and when it was first told of, within the days that a news site's formula looks at, as it was recorded by a time.
// $metric  STRING          mentions (weight of the mention), risk, or sanctions (its best match)
// $at      INTEGER         epoch milliseconds, nothing later counts
// $from    INTEGER         epoch milliseconds, nothing older counts
// $known   ZONED DATETIME  recorded by then, and not closed yet
// $but     LIST<STRING>    mention ids that stood on another name then
// ->       rows LIST of [alias STRING, votes FLOAT, born INTEGER, entity STRING and entity_kind STRING (as they are now), first INTEGER (epoch milliseconds)]
// door:    GET /api/entities/trending?formula= with known_at or identity_at
// try:     :params {metric: 'mentions', at: 1735689600000, from: 0, known: datetime(), but: []}
CALL () {
  MATCH (e:Event)
  WHERE e.ts >= $from AND e.ts <= $at
  RETURN e
  UNION
  // A version that was closed since may have told another time.
  MATCH (v:EventVersion)<-[:HAD_VERSION]-(e:Event)
  WHERE v.ts >= $from AND v.ts <= $at AND v.closed_at > $known
  RETURN e
}
MATCH (e)-[m:WHO|WHERE]->(:Entity)
WHERE m.ts <= $at AND m.ts >= $from AND m.recorded_at <= $known AND (m.closed_at IS NULL OR m.closed_at > $known)
  AND NOT m.id IN $but
WITH m.alias AS alias, m.ts AS ts, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                     ELSE m.sanctioned END AS weight
WHERE weight > 0
WITH alias, sum(weight) AS votes, min(ts) AS first
MATCH (a:Alias {key: alias})-[:NAMES]->(x:Entity)
RETURN collect([alias, votes, a.born, x.key, x.kind, first]) AS rows
