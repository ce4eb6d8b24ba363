// co_kinds: brings the kind on kept co-mentions to what their other ends say now.
// $keys    LIST<STRING>  keys of entities whose kind may have changed
// ->       edges INTEGER (that were changed)
// door:    the co-mention projection
// try:     MATCH (:Entity)-[c:CO_MENTIONED]->(o:Entity) WHERE c.kind <> o.kind RETURN count(c)
UNWIND $keys AS key
MATCH (:Entity)-[c:CO_MENTIONED]->(o:Entity {key: key})
WHERE c.kind <> o.kind
SET c.kind = o.kind
RETURN count(c) AS edges
