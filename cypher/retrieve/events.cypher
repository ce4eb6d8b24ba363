// events: what a retriever of neo4j-graphrag goes on with: from profiles that it found to events that stand, of a time.
// $model  STRING   name of the embedder
// $since  INTEGER  epoch milliseconds, from here on
// $until  INTEGER  epoch milliseconds, up to here
// ->      id STRING, score FLOAT 0..1
// door:   POST /api/ask with an embedder
// try:    :params {model: 'ngrams-1-384', since: -62135596800000, until: 253402300799999}, then all of this behind MATCH (node:EventProfile) WITH node, 1.0 AS score
MATCH (e:Event {id: node.key})
WHERE node.model = $model AND e.retracted IS NULL AND e.ts >= $since AND e.ts <= $until
RETURN e.id AS id, score ORDER BY score DESC, id
