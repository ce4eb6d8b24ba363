// 0019_entity_last_seen: entities by the time they were last seen.
CREATE INDEX entity_last_seen IF NOT EXISTS
FOR (n:Entity) ON (n.last_seen)
