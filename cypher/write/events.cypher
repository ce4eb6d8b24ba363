// events: writes events that are not there yet, each with its mentions (an edge to an entity) and what reported it.
// $rows    LIST<LIST>  by place: 0 id, 1 content_hash, 2 mentions LIST<LIST>, 3 documents LIST<INTEGER> (places in
//                      $documents), 4 ts (epoch milliseconds), 5 title, 6 precision, 7 category, 8 code, 9 text,
//                      10 confidence, 11 impact, 12 count, 13 story, 14 boarded, 15 given_version, 16 ended (epoch
//                      milliseconds): NULL where nothing is told, and the NULLs at the end left out.
//                      A mention by place: 0 type of the edge (WHO, WHAT, WHERE, WHEN, WHY), 1 name (place in $names),
//                      2 id, 3 surface, 4 weight, 5 role, 6 relevance, 7 score, 8 alias0, 9 risk, 10 sanctions,
//                      11 sanctioned, 12 untyped, likewise
// $names      LIST<LIST>    by place: 0 entity (element id), 1 kid, 2 aid, 3 alias (key)
// $documents  LIST<STRING>  element ids
// $change  INTEGER     number of the batch
// $at      ZONED DATETIME  when recorded
// ->       mentions INTEGER
// door:    every ingest
// try:     MATCH (e:Event) OPTIONAL MATCH (e)-[m:WHO]->(x) RETURN e, m, x ORDER BY e.recorded_at DESC LIMIT 25
// Lists by place and properties one by one: measured a third cheaper than maps, and than MERGE. What is NULL is not kept.
UNWIND $rows AS row
CREATE (e:Event {id: row[0], version: 1, content_hash: row[1], hashes: [row[1]], title: row[5], ts: row[4],
                 precision: row[6], given_version: row[15], text: row[9], category: row[7], code: row[8],
                 impact: row[11], confidence: row[10], count: row[12], story: row[13], boarded: row[14],
                 change: $change, recorded_at: $at, occurred_at: datetime({epochMillis: row[4]}),
                 ended_at: CASE WHEN row[16] IS NULL THEN NULL ELSE datetime({epochMillis: row[16]}) END})
WITH e, row
CALL (e, row) {
  UNWIND row[3] AS place
  MATCH (d)
  WHERE elementId(d) = $documents[place]
  CREATE (e)-[:REPORTED_IN {recorded_at: $at}]->(d)
}
WITH e, row
UNWIND row[2] AS p
WITH e, row, p, $names[p[1]] AS name
MATCH (x)
WHERE elementId(x) = name[0]
CREATE (e)-[m:$(p[0]) {id: p[2], kid: name[1], aid: name[2], ts: row[4], alias: name[3], surface: p[3], weight: p[4],
                       role: p[5], alias0: p[8], relevance: p[6], score: p[7], risk: p[9], sanctions: p[10],
                       sanctioned: p[11], untyped: p[12], recorded_at: $at}]->(x)
RETURN count(m) AS mentions
