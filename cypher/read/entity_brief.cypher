// entity_brief: the entity that holds an alias now, with what a further read needs to know about it.
// $key    STRING   key of any alias it ever had, 64 hex digits
// ->      key STRING, kid INTEGER, name STRING, kind STRING, ws LIST<STRING>, mentions INTEGER, hub BOOLEAN, beside BOOLEAN (mentions still follow a merge or split), change INTEGER (of the gate), followed INTEGER (change the kept co-mentions are true at)
// door:   GET /api/entities/{key}/co-mentions, GET /api/entities/{key}/neighbourhood
// try:    :params {key: '9f2c…'}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
OPTIONAL MATCH (g:Gate {name: 'gate'})
OPTIONAL MATCH (p:Projection {name: 'co_mentions'})
RETURN x.key AS key, x.kid AS kid, x.name AS name, x.kind AS kind, coalesce(x.ws, []) AS ws,
       coalesce(x.mentions, 0) AS mentions, coalesce(x.hub, false) AS hub,
       x.beside IS NOT NULL AS beside, coalesce(g.change, 0) AS change, coalesce(p.change, 0) AS followed
LIMIT 1
