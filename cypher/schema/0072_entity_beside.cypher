// 0072_entity_beside: entities whose mentions are on their way.
CREATE INDEX entity_beside IF NOT EXISTS
FOR (x:Entity) ON (x.beside)
