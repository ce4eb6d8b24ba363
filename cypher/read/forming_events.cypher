// forming_events: events by their ids, as event forming left them.
// $ids   LIST<STRING>  event ids
// ->     id, title STRING, version, given_version INTEGER, content_hash STRING, formed BOOLEAN, formed_hash STRING (of what stands
//        beside the record), reports LIST<STRING> (document ids), confidence FLOAT, ts INTEGER
// door:  jobs of kind event and event-regroup
// try:   :params {ids: ['formed-9f2c…']}
UNWIND $ids AS id
MATCH (e:Event {id: id})
RETURN e.id AS id, e.title AS title, e.version AS version, e.given_version AS given_version,
       e.content_hash AS content_hash, e.id STARTS WITH 'formed-' AS formed, e.formed_hash AS formed_hash,
       coalesce(e.reports, []) AS reports, e.confidence AS confidence, e.ts AS ts
