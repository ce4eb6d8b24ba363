// check_formed: a page of events that were formed of pages, with what they lean on.
// $after  STRING   id of the last event of the page before, empty at first
// $limit  INTEGER  events at most
// ->      key STRING, counted INTEGER|NULL (claims that a formed event says it has), supported INTEGER,
//         missing INTEGER (of its reports those that are no extracted pages)
// door:   pentad check
// try:    :params {after: '', limit: 10}
MATCH (e:Event)
WHERE e.id > $after AND e.id STARTS WITH 'formed-'
WITH e ORDER BY e.id LIMIT $limit
RETURN e.id AS key, e.claim_count AS counted, COUNT { (:Claim)-[:SUPPORTS]->(e) } AS supported,
       size([id IN coalesce(e.reports, []) WHERE NOT EXISTS {
         MATCH (d:Document {id: id}) WHERE d.state IS NULL OR d.state IN ['extracted', 'withdrawn'] }]) AS missing
