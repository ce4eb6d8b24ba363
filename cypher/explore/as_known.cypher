// as_known: what was recorded of an entity by a time, in the versions of then, as a graph: mentions closed later are there, too.
// $name   STRING          name of the entity, as it is shown
// $known  ZONED DATETIME  when it had been recorded
// ->      e NODE, m RELATIONSHIP, x NODE
// door:   GET /api/entities/{key}/timeline with known_at
// try:    :params {name: 'Germany', known: datetime('2030-01-01')}
MATCH (x:Entity {name: $name})
WITH x ORDER BY x.mentions DESC LIMIT 1
MATCH (e:Event)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x)
WHERE m.recorded_at <= $known AND (m.closed_at IS NULL OR m.closed_at > $known)
RETURN e, m, x
ORDER BY m.ts DESC LIMIT 25
