// enrich_tried: an entity that was looked up elsewhere, whatever came of it.
// $key    STRING          canonical key of the entity
// $at     ZONED DATETIME
// ->      key STRING
// door:   jobs of kind enrichment
// try:    MATCH (x:Entity) WHERE x.enrich_tried_at IS NOT NULL RETURN x.name, x.wikidata, x.enrich_tried_at LIMIT 25
MATCH (x:Entity {key: $key})
SET x.enrich_tried_at = $at
RETURN x.key AS key
