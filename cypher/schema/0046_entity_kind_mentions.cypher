// 0046_entity_kind_mentions: entities of a kind by mention count.
CREATE INDEX entity_kind_mentions IF NOT EXISTS
FOR (n:Entity) ON (n.kind, n.mentions)
