// facts_declared: predicates as the graph declares them.
// $names  LIST<STRING>|NULL  only these
// ->      name, cardinality, scope STRING
// door:   whatever writes relationships, GET /api/predicates
// try:    :params {names: NULL}
MATCH (p:Predicate)
WHERE $names IS NULL OR p.name IN $names
RETURN p.name AS name, p.cardinality AS cardinality, p.scope AS scope ORDER BY name
