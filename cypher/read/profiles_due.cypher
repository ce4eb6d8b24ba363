// profiles_due: entities whose profile is missing, of another embedder, or older than what is told of them.
// $model  STRING   name of the embedder
// $limit  INTEGER  entities at most
// ->      keys LIST<STRING>
// door:   the profiles of entities (every 15 minutes)
// try:    :params {model: 'ngrams-1-384', limit: 100}
MATCH (x:Entity)
WHERE x.mentions > 0
OPTIONAL MATCH (p:Profile {key: x.key})
WITH x, p
WHERE p IS NULL OR p.model <> $model OR p.version <> x.version OR x.mentions > 1.5 * p.mentions
WITH x LIMIT $limit
RETURN collect(x.key) AS keys
