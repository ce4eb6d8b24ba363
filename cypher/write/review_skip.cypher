// review_skip: puts questions back for later, and each skip halves what they are worth asking.
// $ids    LIST<STRING>  judgement ids or entity keys
// ->      skipped INTEGER
// door:   POST /api/reviews/{id}, pentad review
// try:    MATCH (j:Judgement) WHERE j.skips > 0 RETURN j LIMIT 10
UNWIND $ids AS id
OPTIONAL MATCH (j:Judgement {id: id})
OPTIONAL MATCH (a:Alias {key: id})
WITH j, a
FOREACH (one IN [n IN [j, a] WHERE n IS NOT NULL] | SET one.skips = coalesce(one.skips, 0) + 1)
RETURN count(*) AS skipped
