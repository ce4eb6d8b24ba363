// past_weights: what single mentions weigh on a board, as they were recorded by a time.
// $rows    LIST<MAP>       event, mention
// $metric  STRING          mentions (weight of the mention), risk, or sanctions (its best match)
// $known   ZONED DATETIME  recorded by then, and not closed yet
// ->       event STRING, mention STRING, ts INTEGER, alias0 STRING, weight FLOAT
// door:    GET /api/entities/trending and /rank with identity_at
// try:     :params {rows: [{event: 'e1', mention: '9f2c…'}], metric: 'mentions', known: datetime()}
UNWIND $rows AS row
MATCH (e:Event {id: row.event})-[m:WHO|WHERE]->(:Entity)
WHERE m.id = row.mention AND m.recorded_at <= $known AND (m.closed_at IS NULL OR m.closed_at > $known)
WITH e, m, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                     ELSE m.sanctioned END AS weight
WHERE weight > 0
RETURN e.id AS event, m.id AS mention, m.ts AS ts, coalesce(m.alias0, m.alias) AS alias0, weight
