// reader_feed: contents that may interest a reader and were not read yet, with what speaks for them.
// $reader  STRING        id of the reader
// $keys    LIST<STRING>  entity keys of the reader's interests
// $window  INTEGER       newest events of each interest and W, and contents that name it, at most
// $newest  INTEGER       newest events of all that are looked at besides, for themes, topics and sources
// $read    BOOLEAN       contents that were read, too
// $now     INTEGER       epoch milliseconds, nothing later
// ->       rows LIST<MAP> of id, url, title, source_id, source, reliability, ts (of the newest event it reports), read BOOLEAN, titles and categories (of the events) LIST<STRING>, entities LIST<STRING> (keys among $keys)
// door:    GET /api/readers/{reader_id}/feed
// try:     :params {reader: 'ann', keys: ['9f2c…'], window: 20, newest: 1000, read: false, now: 1735689600000}
OPTIONAL MATCH (r:Reader {id: $reader})
CALL () {
  UNWIND $keys AS key
  MATCH (x:Entity {key: key})
  CALL (x) {
    CALL (x) {
      MATCH (e)-[m:WHO]->(y)
      USING INDEX SEEK m:WHO(kid, ts, id)
      WHERE m.kid = x.kid AND m.ts <= $now AND m.ts IS NOT NULL AND m.id IS NOT NULL AND y = x
      RETURN e
      ORDER BY m.kid DESC, m.ts DESC LIMIT $window
      UNION
      MATCH (e)-[m:WHERE]->(y)
      USING INDEX SEEK m:WHERE(kid, ts, id)
      WHERE m.kid = x.kid AND m.ts <= $now AND m.ts IS NOT NULL AND m.id IS NOT NULL AND y = x
      RETURN e
      ORDER BY m.kid DESC, m.ts DESC LIMIT $window
    }
    MATCH (e)-[s:REPORTED_IN]->(d:Document)
    WHERE s.closed_at IS NULL
    RETURN d
    UNION
    MATCH (x)<-[:NAMES_ENTITY]-(d:Document)
    WITH d LIMIT 1000
    WITH DISTINCT d ORDER BY d.created_at DESC, d.id LIMIT $window
    RETURN d
  }
  RETURN d
  UNION
  MATCH (e:Event)
  WHERE e.ts <= $now
  WITH e ORDER BY e.ts DESC LIMIT $newest
  MATCH (e)-[s:REPORTED_IN]->(d:Document)
  WHERE s.closed_at IS NULL
  RETURN d
}
WITH r, d, r IS NOT NULL AND EXISTS { (r)-[:READ]->(d) } AS read
WHERE $read OR NOT read
CALL (d) {
  OPTIONAL MATCH (d)<-[s:REPORTED_IN]-(e:Event)
  WHERE s.closed_at IS NULL
  WITH collect(e) AS events
  RETURN [e IN events | e.title] AS titles, [e IN events WHERE e.category IS NOT NULL | e.category] AS categories,
         reduce(last = null, e IN events | CASE WHEN last IS NULL OR e.ts > last THEN e.ts ELSE last END) AS ts,
         COLLECT {
           UNWIND events AS e
           MATCH (e)-[m:WHO|WHERE]->(x:Entity)
           WHERE m.kid IS NOT NULL AND x.key IN $keys
           RETURN x.key AS key
           UNION
           MATCH (d)-[:NAMES_ENTITY]->(x:Entity)
           WHERE x.key IN $keys
           RETURN x.key AS key
         } AS entities
}
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(p:Source)
WITH d, read, titles, categories, ts, entities, head(collect(p)) AS p
RETURN collect({id: d.id, url: d.url, title: d.title, source_id: p.id, source: p.name, reliability: p.reliability,
                ts: coalesce(ts, d.created_at.epochMillis, 0), read: read, titles: titles, categories: categories,
                entities: entities}) AS rows
