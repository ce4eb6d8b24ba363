// erase_aliases: deletes names that nothing speaks of any more, with their judgements and history, and entities that have no other.
// $keys   LIST<STRING>  alias keys
// ->      erased INTEGER
// door:   POST /api/retractions with erase
// try:    MATCH (a:Alias) WHERE a.mentions = 0 RETURN a LIMIT 5
UNWIND $keys AS key
MATCH (a:Alias {key: key})-[:NAMES]->(x:Entity)
CALL (a) {
  MATCH (j:Judgement)-[:OF]->(a)
  DETACH DELETE j
}
CALL (a) {
  MATCH (c:Change)-[:OF]->(a)
  DETACH DELETE c
}
CALL (a) {
  MATCH (:Reader)-[i:INTERESTED_IN {alias: a.key}]->()
  DELETE i
}
DETACH DELETE a
WITH DISTINCT x
WHERE NOT EXISTS { (x)<-[:NAMES]-() }
CALL (x) {
  MATCH (r:RankHistory {key: x.key})
  DETACH DELETE r
}
DETACH DELETE x
RETURN count(*) AS erased
