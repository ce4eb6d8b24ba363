// check_pages: a page of documents that were asked for, with their texts, their live claims and what waits for them.
// $after  STRING   id of the last document of the page before, empty at first
// $limit  INTEGER  documents at most
// ->      key STRING, state STRING, moved BOOLEAN (another one has the text), title, description STRING|NULL,
//         claim_count INTEGER|NULL, read BOOLEAN (for its claims), passages LIST<MAP> of n, text, claims LIST<MAP> of id,
//         part, start, end, text, events, about, doubles INTEGER (other extracted pages of the same words),
//         awaited BOOLEAN (a live job reads it)
// door:   pentad check
// try:    :params {after: '', limit: 10}
MATCH (d:Document)
WHERE d.id > $after AND d.state IS NOT NULL
WITH d ORDER BY d.id LIMIT $limit
RETURN d.id AS key, d.state AS state, d.same_as IS NOT NULL AS moved, d.title AS title, d.description AS description,
       d.claim_count AS claim_count, d.semantic_hash IS NOT NULL AS read,
       COLLECT { MATCH (d)-[:HAS_PASSAGE]->(p:Passage) RETURN p {.n, .text} ORDER BY p.n } AS passages,
       COLLECT {
         MATCH (d)-[:MAKES]->(c:Claim)
         WHERE c.closed_at IS NULL
         RETURN c {.id, .part, .start, .end, .text, events: COUNT { (c)-[:SUPPORTS]->(:Event) },
                   about: COUNT { (c)-[:ABOUT]->(:Entity) }}
       } AS claims,
       CASE WHEN d.state = 'extracted' AND d.same_as IS NULL
            THEN COUNT { MATCH (o:Document {content_hash: d.content_hash})
                         WHERE o.id > d.id AND o.state = 'extracted' AND o.same_as IS NULL }
            ELSE 0 END AS doubles,
       EXISTS { MATCH (j:Job {id: d.job}) WHERE j.state IN ['queued', 'running'] } AS awaited
