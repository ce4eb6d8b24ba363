// 0045_entity_name: entities in the order of their names.
CREATE INDEX entity_name IF NOT EXISTS
FOR (n:Entity) ON (n.name)
