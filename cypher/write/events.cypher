// events: writes events that are not there yet, each with its mentions: an edge to an entity.
// $rows    LIST<LIST>  by place: 0 id, 1 content_hash, 2 title, 3 ts (epoch milliseconds), 4 precision, 5 given_version,
//                      6 text, 7 category, 8 code, 9 impact, 10 confidence, 11 count, 12 story, 13 boarded, 14 ended
//                      (epoch milliseconds), each NULL where nothing is told, 15 mentions LIST<LIST> by place: 0 type of
//                      the edge (WHO, WHAT, WHERE, WHEN, WHY), 1 entity (element id), 2 id, 3 kid, 4 aid, 5 ts, 6 alias,
//                      7 surface, 8 weight, 9 role, 10 alias0, 11 relevance, 12 score, 13 risk, 14 sanctions,
//                      15 sanctioned, 16 untyped
// $change  INTEGER     number of the batch
// $at      ZONED DATETIME  when recorded
// ->       mentions INTEGER
// door:    every ingest
// try:     MATCH (e:Event) OPTIONAL MATCH (e)-[m:WHO]->(x) RETURN e, m, x ORDER BY e.recorded_at DESC LIMIT 25
// Lists by place and properties one by one: measured a third cheaper than maps, and than MERGE. What is NULL is not kept.
UNWIND $rows AS row
CREATE (e:Event {id: row[0], version: 1, content_hash: row[1], hashes: [row[1]], title: row[2], ts: row[3],
                 precision: row[4], given_version: row[5], text: row[6], category: row[7], code: row[8], impact: row[9],
                 confidence: row[10], count: row[11], story: row[12], boarded: row[13], change: $change,
                 recorded_at: $at, occurred_at: datetime({epochMillis: row[3]}),
                 ended_at: CASE WHEN row[14] IS NULL THEN NULL ELSE datetime({epochMillis: row[14]}) END})
WITH e, row
UNWIND row[15] AS p
MATCH (x)
WHERE elementId(x) = p[1]
CREATE (e)-[m:$(p[0]) {id: p[2], kid: p[3], aid: p[4], ts: p[5], alias: p[6], surface: p[7], weight: p[8], role: p[9],
                       alias0: p[10], relevance: p[11], score: p[12], risk: p[13], sanctions: p[14],
                       sanctioned: p[15], untyped: p[16], recorded_at: $at}]->(x)
RETURN count(m) AS mentions
