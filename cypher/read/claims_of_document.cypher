// claims_of_document: the live claims that a document makes, in its order, with whom they are about.
// $id    STRING   document id
// ->     claim MAP, about LIST<MAP> (surface, alias, entity, w, role, score), events LIST<STRING> (that it supports)
// door:  GET /api/artifacts/{id}, jobs of kind event
// try:   :params {id: '9f2c…'}
MATCH (:Document {id: $id})-[:MAKES]->(c:Claim)
WHERE c.closed_at IS NULL
RETURN properties(c) AS claim,
       COLLECT { MATCH (c)-[r:ABOUT]->(x:Entity)
                 RETURN {surface: r.surface, alias: r.alias, entity: x.key, w: r.w, role: r.role,
                         score: coalesce(r.score, 1.0)} ORDER BY r.n } AS about,
       COLLECT { MATCH (c)-[:SUPPORTS]->(e:Event) RETURN e.id ORDER BY e.id } AS events
ORDER BY c.n, c.id
