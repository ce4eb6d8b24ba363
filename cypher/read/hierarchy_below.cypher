// hierarchy_below: what lies in a place, or is part of a stretch of time, nearest first, then by mentions.
// $key    STRING   key of any alias
// $depth  INTEGER  steps at most, 1..20
// $limit  INTEGER  rows at most
// ->      key, name, kind STRING (of the entity), lies_in LIST<STRING>, rows LIST<MAP> of key, name, kind, mentions, by, depth
// door:   GET /api/entities/{key}/descendants
// try:    :params {key: '9f2c…', depth: 1, limit: 50}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
CALL (x) {
  MATCH way = (x)<-[:LOCATED_IN|PART_OF]-{1,20}(c:Entity)
  WHERE length(way) <= $depth
  WITH c, length(way) AS depth, last(relationships(way)).by AS by
  ORDER BY depth, c.mentions DESC, c.key LIMIT $limit
  RETURN collect({key: c.key, name: c.name, kind: c.kind, mentions: coalesce(c.mentions, 0), by: by, depth: depth}) AS rows
}
RETURN x.key AS key, x.name AS name, x.kind AS kind, coalesce(x.lies_in, []) AS lies_in, rows
LIMIT 1
