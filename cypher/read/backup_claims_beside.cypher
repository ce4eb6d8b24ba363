// backup_claims_beside: what is claimed of some entities, and the documents that name them.
// $entities  LIST<STRING>  keys
// ->         claims, documents (ids) LIST<STRING>
// door:      pentad backup
// try:       :params {entities: ['9f2c…']}
CALL () {
  UNWIND $entities AS key
  MATCH (:Entity {key: key})<-[:ABOUT]-(c:Claim)
  RETURN collect(DISTINCT c.id) AS claims
}
CALL () {
  UNWIND $entities AS key
  MATCH (:Entity {key: key})<-[:NAMES_ENTITY]-(d:Document)
  RETURN collect(DISTINCT d.id) AS documents
}
RETURN claims, documents
