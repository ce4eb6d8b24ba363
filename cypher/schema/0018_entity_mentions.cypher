// 0018_entity_mentions: entities by mention count.
CREATE INDEX entity_mentions IF NOT EXISTS
FOR (n:Entity) ON (n.mentions)
