// forming_formed_of: events that were formed of some documents, or that claims of these support.
// $ids   LIST<STRING>  document ids
// ->     event STRING, formed BOOLEAN, documents LIST<STRING>
// door:  jobs of kind event and event-regroup
// try:   :params {ids: ['9f2c…']}
UNWIND $ids AS id
MATCH (d:Document {id: id})-[:MAKES]->(:Claim)-[:SUPPORTS]->(e:Event)
WITH DISTINCT e, d ORDER BY d.id
RETURN e.id AS event, e.id STARTS WITH 'formed-' AS formed, collect(d.id) AS documents
ORDER BY event
