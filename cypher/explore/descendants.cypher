// descendants: what lies in a place, or is part of a stretch of time, nearest first.
// $name   STRING   name of the place or stretch, as it is shown
// $limit  INTEGER  rows at most
// ->      steps INTEGER, name STRING, kind STRING, mentions INTEGER, by STRING (why it is taken to lie there)
// door:   GET /api/entities/{key}/descendants
// try:    :params {name: 'Latvia', limit: 50}
MATCH (x:Entity {name: $name})
WITH x ORDER BY x.mentions DESC LIMIT 1
MATCH way = (x)<-[:LOCATED_IN|PART_OF]-{1,20}(c:Entity)
RETURN length(way) AS steps, c.name AS name, c.kind AS kind, c.mentions AS mentions, last(relationships(way)).by AS by
ORDER BY steps, c.mentions DESC, c.key
LIMIT $limit
