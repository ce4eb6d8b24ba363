// erase_history: deletes what history tells of entities in words that were erased.
// $entities  LIST<STRING>  entity keys
// $words     LIST<STRING>  names
// ->         erased INTEGER
// door:      POST /api/retractions with erase
// try:       MATCH (c:Change) WHERE c.field = 'name' RETURN c LIMIT 5
UNWIND $entities AS key
MATCH (c:Change)-[:OF]->(:Alias)-[:NAMES]->(:Entity {key: key})
WHERE any(word IN $words WHERE word IN [] + coalesce(c.old, []) + coalesce(c.new, []))
DETACH DELETE c
RETURN count(*) AS erased
