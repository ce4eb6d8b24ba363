// origin_entities: the documents that tell the newest WHO and WHERE mentions of some entities, with what shows their origin.
// $keys    LIST<STRING>  entity keys
// $at      INTEGER       epoch milliseconds, nothing later counts
// $window  INTEGER       newest mentions of each W that are looked at
// ->       key STRING, whole BOOLEAN (no older mention was left out), reports LIST<MAP> of id, title, source (publisher)
// door:    GET /api/entities/trending?origins=true
// try:     :params {keys: ['9f2c…'], at: 1735689600000, window: 50}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
CALL (x) {
  CALL (x) {
    MATCH (e:Event)-[m:WHO]->(y:Entity)
    USING INDEX SEEK m:WHO(kid, ts, id)
    WHERE m.kid = x.kid AND m.ts <= $at AND m.ts IS NOT NULL AND m.id IS NOT NULL
    RETURN e, y
    ORDER BY m.kid DESC, m.ts DESC LIMIT $window
    UNION ALL
    MATCH (e:Event)-[m:WHERE]->(y:Entity)
    USING INDEX SEEK m:WHERE(kid, ts, id)
    WHERE m.kid = x.kid AND m.ts <= $at AND m.ts IS NOT NULL AND m.id IS NOT NULL
    RETURN e, y
    ORDER BY m.kid DESC, m.ts DESC LIMIT $window
  }
  WITH collect(CASE WHEN y = x THEN e END) AS events
  CALL (events) {
    UNWIND events AS e
    WITH DISTINCT e
    MATCH (e)-[r:REPORTED_IN]->(d:Document)
    WHERE r.closed_at IS NULL
    WITH DISTINCT d
    OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(s:Source)
    WITH d, min(s.name) AS source
    RETURN collect({id: d.id, title: d.title, source: source}) AS reports
  }
  RETURN size(events) AS looked, reports
}
RETURN x.key AS key, looked < $window AS whole, reports
