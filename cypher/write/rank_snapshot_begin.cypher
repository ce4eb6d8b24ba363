// rank_snapshot_begin: notes that the snapshot of a day is taken. No row when it is there already.
// $day   STRING  such as '2026-01-15'
// ->     day STRING
// door:  the rank snapshot (daily)
// try:   MATCH (p:Projection {name: 'rank_snapshot'}) RETURN p
MERGE (p:Projection {name: 'rank_snapshot'})
WITH p WHERE coalesce(p.day, '') < $day
SET p.day = $day
RETURN p.day AS day
