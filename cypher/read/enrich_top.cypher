// enrich_top: entities told most that have no item of Wikidata yet, persons, bodies and places alone.
// $limit  INTEGER  entities at most
// ->      key STRING
// door:   pentad enrich --top
// try:    :params {limit: 20}
MATCH (x:Entity)
WHERE x.wikidata IS NULL AND (x:Who OR x:Where) AND x.kind <> 'unspecified' AND x.mentions > 0
WITH x ORDER BY x.mentions DESC, x.key LIMIT $limit
RETURN x.key AS key
