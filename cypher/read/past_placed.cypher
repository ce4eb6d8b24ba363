// past_placed: single mentions as they were recorded by a time.
// $rows   LIST<MAP>       event, mention
// $known  ZONED DATETIME  recorded by then, and not closed yet
// ->      event, mention STRING, ts INTEGER, w, alias, alias0, surface, role STRING, relevance, weight, risk FLOAT
// door:   reads with identity_at
// try:    :params {rows: [{event: 'e1', mention: '9f2c…'}], known: datetime()}
UNWIND $rows AS row
MATCH (e:Event {id: row.event})-[m:WHO|WHAT|WHERE|WHEN|WHY]->(:Entity)
WHERE m.id = row.mention AND m.recorded_at <= $known AND (m.closed_at IS NULL OR m.closed_at > $known)
RETURN e.id AS event, m.id AS mention, m.ts AS ts, type(m) AS w, m.alias AS alias,
       coalesce(m.alias0, m.alias) AS alias0,
       m.surface AS surface, m.role AS role, coalesce(m.relevance, 1.0) AS relevance, m.weight AS weight, m.risk AS risk
