// forming_document: when what a document tells happened, and what its reading came to.
// $id    STRING   document id
// ->     ts INTEGER (epoch milliseconds), claims, entities INTEGER, semantic_hash STRING
// door:  jobs of kind semantic and event
// try:   :params {id: '9f2c…'}
MATCH (d:Document {id: $id})
RETURN d.event_ts AS ts, coalesce(d.claim_count, 0) AS claims, coalesce(d.entity_count, 0) AS entities,
       d.semantic_hash AS semantic_hash
