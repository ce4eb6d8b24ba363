// fact_ends: the live statements with these ids, with their ends.
// $ids   LIST<STRING>  ids of relationships
// ->     id, predicate, subject, object STRING, event STRING|NULL
// door:  POST /api/fact-judgements
// try:   :params {ids: ['9f2c…']}
UNWIND $ids AS id
MATCH (s:Entity)-[r:RELATED {id: id}]->(o:Entity)
WHERE r.closed_at IS NULL
RETURN r.id AS id, r.predicate AS predicate, s.key AS subject, o.key AS object, r.event AS event
