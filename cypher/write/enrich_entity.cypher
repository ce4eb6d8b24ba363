// enrich_entity: the item of Wikidata that an entity is.
// $key    STRING
// $qid    STRING
// $at     ZONED DATETIME  when it was looked up
// ->      key STRING
// door:   pentad enrich
// try:    MATCH (x:Entity) WHERE x.wikidata IS NOT NULL RETURN x.name, x.wikidata LIMIT 25
MATCH (x:Entity {key: $key})
SET x.wikidata = $qid, x.enriched_at = $at
RETURN x.key AS key
