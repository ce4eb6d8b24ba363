// reads_placed: reads of contents that tell a mention which stands on another alias now.
// $rows  LIST<MAP>  of event (id), before (alias key), after (alias key)
// ->     reader STRING, n INTEGER (number of the read), before, after STRING, still BOOLEAN (the content speaks of `before` all the same)
// door:  split, reviews, pentad dedupe
// try:   :params {rows: [{event: 'made-001', before: '9f2c…', after: '77ab…'}]}
UNWIND $rows AS row
MATCH (:Event {id: row.event})-[:REPORTED_IN]->(d:Document)<-[k:READ]-(r:Reader)
MATCH (r)-[i:INTERESTED_IN {alias: row.before}]->(:Entity)
WHERE k.n IN i.reads
WITH DISTINCT r, k, d, row.before AS before, row.after AS after
RETURN r.id AS reader, k.n AS n, before, after,
       EXISTS {
         MATCH (d)<-[s:REPORTED_IN]-(:Event)-[m:WHO|WHERE]->(:Entity)
         WHERE s.closed_at IS NULL AND m.kid IS NOT NULL AND m.alias = before
       } OR EXISTS { (d)-[:NAMES_ENTITY {alias: before}]->(:Entity) } AS still
