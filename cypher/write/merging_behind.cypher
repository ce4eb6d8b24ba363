// merging_behind: names whose mentions follow later, and the entities that are read by their names meanwhile.
// $rows   LIST<MAP>  alias (key), beside LIST<STRING>: keys of the entities that its mentions may still lead to
// ->      marked INTEGER
// door:   merge, split, reviews, pentad dedupe
// try:    MATCH (a:Alias) WHERE a.behind IS NOT NULL RETURN a.name, a.behind
UNWIND $rows AS row
MATCH (a:Alias {key: row.alias})-[:NAMES]->(x:Entity)
SET a.behind = coalesce(a.behind, []) + [key IN row.beside WHERE NOT key IN coalesce(a.behind, [])], x.beside = true
REMOVE a.arrived
WITH a
UNWIND a.behind AS key
MATCH (o:Entity {key: key})
SET o.beside = true
RETURN count(DISTINCT a) AS marked
