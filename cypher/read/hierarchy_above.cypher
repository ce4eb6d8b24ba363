// hierarchy_above: what a place lies in, or a date is part of, step by step, nearest first.
// $key    STRING   key of any alias
// ->      key, name, kind STRING (of the entity), lies_in LIST<STRING>, rows LIST<MAP> of key, name, kind, mentions, by, depth
// door:   GET /api/entities/{key}/ancestors
// try:    :params {key: '9f2c…'}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
CALL (x) {
  MATCH way = (x)-[:LOCATED_IN|PART_OF]->{1,20}(p:Entity)
  WITH p, length(way) AS depth, last(relationships(way)).by AS by ORDER BY depth
  RETURN collect({key: p.key, name: p.name, kind: p.kind, mentions: coalesce(p.mentions, 0), by: by, depth: depth}) AS rows
}
RETURN x.key AS key, x.name AS name, x.kind AS kind, coalesce(x.lies_in, []) AS lies_in, rows
LIMIT 1
