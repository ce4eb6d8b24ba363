// naive_timeline: a timeline as people write it first: all mentions of an entity, put in order.
// $key    STRING   canonical key
// $limit  INTEGER  rows at most
// ->      event, title, w, surface STRING, ts INTEGER
// door:   make bench
// try:    :params {key: '9f2c…', limit: 100}
MATCH (x:Entity {key: $key})<-[m:WHO|WHAT|WHERE|WHEN|WHY]-(e:Event)
RETURN e.id AS event, e.title AS title, type(m) AS w, m.surface AS surface, e.ts AS ts
ORDER BY ts DESC LIMIT $limit
