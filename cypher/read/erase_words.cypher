// erase_words: names that are erased, and the other names of their entity.
// $keys    LIST<STRING>  alias keys
// $entity  STRING        key of the entity
// ->       names, others LIST<STRING> (texts, and keys of the aliases that stay)
// door:    POST /api/retractions with erase
// try:     :params {keys: ['9f2c…'], entity: '9f2c…'}
MATCH (a:Alias)-[:NAMES]->(:Entity {key: $entity})
RETURN collect(CASE WHEN a.key IN $keys THEN a.name END) AS names,
       collect(CASE WHEN a.key IN $keys THEN NULL ELSE a.key END) AS others
