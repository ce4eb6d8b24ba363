// hubs: the entities that keep their co-mentions on edges, and how many.
// ->      name STRING, kind STRING, mentions INTEGER, kept INTEGER
// door:   pentad check
// try:    MATCH (p:Projection {name: 'co_mentions'}) RETURN p.change
MATCH (x:Entity)
WHERE x.hub = true
RETURN x.name AS name, x.kind AS kind, x.mentions AS mentions, COUNT { (x)-[:CO_MENTIONED]->() } AS kept
ORDER BY mentions DESC
