// readers: what somebody often reads about, most first: five points a read, a tenth less for each full 30 days since the last.
// $reader  STRING   id of the reader
// $limit   INTEGER  rows at most
// ->       name STRING, kind STRING, score FLOAT, reads INTEGER, last_read STRING
// door:    GET /api/readers/{reader_id}/interests, GET /api/readers/{reader_id}/feed, GET /api/readers/{reader_id}/settings
// try:     :params {reader: 'ann', limit: 50}
MATCH (r:Reader {id: $reader})-[i:INTERESTED_IN]->(x:Entity)
UNWIND i.reads AS n
WITH x, count(DISTINCT n) AS reads, max(i.last_seen) AS last
WITH x, reads, last, 5.0 * reads * 0.9 ^ (duration.inDays(last, datetime()).days / 30) AS score
WHERE score >= 10
RETURN x.name AS name, x.kind AS kind, score, reads, toString(last) AS last_read
ORDER BY score DESC, last_read DESC LIMIT $limit
