// readers_check: a page of readers with the interests that stand on no name of their entity, or tell other reads than there are.
// $after  STRING   id of the last reader of the page before, empty at first
// $limit  INTEGER  readers at most
// ->      key STRING, astray INTEGER (interests whose alias names another entity), unread INTEGER (interests in reads that are not there, or without any)
// door:   pentad check
// try:    :params {after: '', limit: 10}
MATCH (r:Reader)
WHERE r.id > $after
WITH r ORDER BY r.id LIMIT $limit
CALL (r) {
  OPTIONAL MATCH (r)-[k:READ]->(:Document)
  RETURN collect(k.n) AS reads
}
CALL (r, reads) {
  OPTIONAL MATCH (r)-[i:INTERESTED_IN]->(x:Entity)
  WITH x, i, reads WHERE i IS NOT NULL
  RETURN sum(CASE WHEN EXISTS { (:Alias {key: i.alias})-[:NAMES]->(x) } THEN 0 ELSE 1 END) AS astray,
         sum(CASE WHEN size(i.reads) > 0 AND all(n IN i.reads WHERE n IN reads) THEN 0 ELSE 1 END) AS unread
}
RETURN r.id AS key, astray, unread
