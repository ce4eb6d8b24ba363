// claims_check: a page of entities with the claims about them and the documents that name them, checked.
// $after  STRING   key of the last entity of the page before, empty at first
// $limit  INTEGER  entities at most
// ->      key STRING, astray INTEGER (edges whose alias names another entity),
//         unmade INTEGER (claims about it that not exactly one document makes)
// door:   pentad check
// try:    :params {after: '', limit: 10}
MATCH (x:Entity)
WHERE x.key > $after
WITH x ORDER BY x.key LIMIT $limit
CALL (x) {
  OPTIONAL MATCH (x)<-[r:ABOUT|NAMES_ENTITY]-()
  WITH x, r WHERE r IS NOT NULL
  RETURN sum(CASE WHEN EXISTS { (:Alias {key: r.alias})-[:NAMES]->(x) } THEN 0 ELSE 1 END) AS astray
}
CALL (x) {
  OPTIONAL MATCH (x)<-[:ABOUT]-(c:Claim)
  WITH DISTINCT c WHERE c IS NOT NULL AND COUNT { (c)<-[:MAKES]-(:Document) } <> 1
  RETURN count(c) AS unmade
}
RETURN x.key AS key, astray, unmade
