// 0058_entity_trend_rank: entities by the rank mirrored from the board; few have one.
CREATE INDEX entity_trend_rank IF NOT EXISTS
FOR (n:Entity) ON (n.trend_rank)
