// 0076_names_entity_alias: documents that say a name, to follow it.
CREATE INDEX names_entity_alias IF NOT EXISTS
FOR ()-[r:NAMES_ENTITY]-() ON (r.alias)
