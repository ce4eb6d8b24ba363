// 0107_entity_wikidata: entities by their item of Wikidata.
CREATE INDEX entity_wikidata IF NOT EXISTS
FOR (n:Entity) ON (n.wikidata)
