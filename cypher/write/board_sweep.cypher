// board_sweep: puts events whose time has come on the boards: marks them and tells what they contribute.
// $now     INTEGER  epoch milliseconds
// $limit   INTEGER  events at most
// $change  INTEGER  the number this change will have
// ->       id STRING, mentions LIST<MAP> {key, kind, ts, mentions (weight), risk, sanctions}
// door:    the sweeper (every minute)
// try:     MATCH (e:Event {boarded: false}) RETURN e ORDER BY e.ts LIMIT 20
MATCH (e:Event {boarded: false})
USING INDEX SEEK e:Event(boarded)
WHERE e.ts <= $now
WITH e ORDER BY e.ts, e.id
LIMIT $limit
SET e.boarded = true, e.change = $change
RETURN e.id AS id, COLLECT {
  MATCH (e)-[m:WHO|WHERE]->(x:Entity)
  WHERE m.kid IS NOT NULL
  RETURN {key: x.key, kind: x.kind, ts: m.ts, mentions: coalesce(m.weight, 1.0),
          risk: coalesce(m.risk, 0.0), sanctions: coalesce(m.sanctioned, 0.0)}
} AS mentions
