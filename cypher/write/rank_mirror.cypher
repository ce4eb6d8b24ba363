// rank_mirror: writes places of the board on the entities that have them. No change of the entity: its version stays.
// $rows   LIST<MAP>       key, score FLOAT, rank INTEGER
// $at     ZONED DATETIME  when the board was read
// ->      mirrored INTEGER
// door:   the rank mirror (every 15 minutes)
// try:    MATCH (x:Entity) WHERE x.trend_rank > 0 RETURN x.trend_rank, x.name, x.trend_score ORDER BY x.trend_rank LIMIT 20
UNWIND $rows AS row
MATCH (x:Entity {key: row.key})
SET x.trend_score = row.score, x.trend_rank = row.rank, x.last_synced_at = $at
RETURN count(x) AS mirrored
