// ancestors: what a place lies in, or a date is part of, as a graph.
// $name   STRING   name of the place or date, as it is shown
// ->      way PATH
// door:   GET /api/entities/{key}/ancestors
// try:    :params {name: 'Riga'}
MATCH (x:Entity {name: $name})
WITH x ORDER BY x.mentions DESC LIMIT 1
OPTIONAL MATCH way = (x)-[:LOCATED_IN|PART_OF]->{1,20}(:Entity)
RETURN coalesce(way, x) AS way
