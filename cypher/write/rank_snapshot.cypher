// rank_snapshot: appends one day's places to the month's history of each entity. Run once a day, see rank_snapshot_begin.
// $month  STRING     such as '2026-01'
// $day    INTEGER    day of the month
// $rows   LIST<MAP>  key, score FLOAT, rank INTEGER
// ->      kept INTEGER
// door:   the rank snapshot (daily)
// try:    MATCH (h:RankHistory) RETURN h ORDER BY h.month DESC LIMIT 10
UNWIND $rows AS row
MERGE (h:RankHistory {id: row.key + ':' + $month})
ON CREATE SET h.key = row.key, h.month = $month, h.days = [], h.ranks = [], h.scores = []
SET h.days = h.days + $day, h.ranks = h.ranks + row.rank, h.scores = h.scores + row.score
RETURN count(h) AS kept
