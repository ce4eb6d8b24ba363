// 0020_entity_kind: entities of a kind.
CREATE INDEX entity_kind IF NOT EXISTS
FOR (n:Entity) ON (n.kind)
