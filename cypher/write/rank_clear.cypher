// rank_clear: takes the mirrored place from entities that the last round of the mirror did not write. Run until 0.
// $at     ZONED DATETIME  when that round read the board
// $limit  INTEGER         entities at most
// ->      cleared INTEGER
// door:   the rank mirror (every 15 minutes)
// try:    MATCH (x:Entity) WHERE x.trend_rank > 0 RETURN x.last_synced_at, count(*)
MATCH (x:Entity)
USING INDEX SEEK x:Entity(trend_rank)
WHERE x.trend_rank > 0 AND x.last_synced_at <> $at
WITH x LIMIT $limit
SET x.trend_score = null, x.trend_rank = null, x.last_synced_at = $at
RETURN count(x) AS cleared
