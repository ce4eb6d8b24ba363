// past_board_within: decayed weight of each name in the events that were told to be in some places, as it was recorded by a time.
// $metric     STRING          mentions (weight of the mention), risk, or sanctions (its best match)
// $places     LIST<STRING>    alias keys of the places
// $events     LIST<STRING>    further events that were there: by mentions that stood on another name then
// $at         INTEGER         epoch milliseconds, nothing later counts
// $from       INTEGER         epoch milliseconds, nothing older counts (100 half-lives)
// $half_life  FLOAT           milliseconds
// $known      ZONED DATETIME  recorded by then, and not closed yet
// $but        LIST<STRING>    mention ids that stood on another name then
// ->          rows LIST of [alias STRING, score FLOAT, born INTEGER, entity STRING and entity_kind STRING (as they are now)]
// door:       GET /api/entities/trending?within= with known_at or identity_at
// try:        :params {metric: 'mentions', places: ['9f2c…'], events: [], at: 1735689600000, from: 0, half_life: 604800000.0, known: datetime(), but: []}
CALL () {
  UNWIND $places AS key
  MATCH (p:Alias {key: key})
  CALL (p) {
    MATCH (e)-[m:WHERE]->()
    USING INDEX SEEK m:WHERE(aid, ts)
    WHERE m.aid = p.aid AND m.ts >= $from AND m.ts <= $at AND m.alias = p.key AND m.recorded_at <= $known
      AND NOT m.id IN $but
    RETURN e
    UNION ALL
    MATCH (e)-[m:WHERE]->()
    USING INDEX SEEK m:WHERE(closed_aid, ts)
    WHERE m.closed_aid = p.aid AND m.ts >= $from AND m.ts <= $at AND m.alias = p.key AND m.recorded_at <= $known
      AND m.closed_at > $known AND NOT m.id IN $but
    RETURN e
  }
  RETURN e
  UNION ALL
  UNWIND $events AS id
  MATCH (e:Event {id: id})
  RETURN e
}
WITH DISTINCT e
MATCH (e)-[m:WHO|WHERE]->(:Entity)
WHERE m.ts <= $at AND m.ts >= $from AND m.recorded_at <= $known AND (m.closed_at IS NULL OR m.closed_at > $known)
  AND NOT m.id IN $but
WITH m.alias AS alias, m.ts AS ts, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                     ELSE m.sanctioned END AS weight
WHERE weight > 0
WITH alias, sum(weight * 2.0 ^ ((ts - $at) / $half_life)) AS score
MATCH (a:Alias {key: alias})-[:NAMES]->(x:Entity)
RETURN collect([alias, score, a.born, x.key, x.kind]) AS rows
