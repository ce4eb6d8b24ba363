// rank_history_purge: drops rank histories of the months before one. Run until 0.
// $month  STRING   the oldest month to keep, such as '2025-01'
// $limit  INTEGER  nodes at most
// ->      purged INTEGER
// door:   the purge (monthly)
// try:    MATCH (h:RankHistory) RETURN h.month, count(*) ORDER BY h.month
MATCH (h:RankHistory)
WHERE h.month < $month
WITH h LIMIT $limit
DELETE h
RETURN count(*) AS purged
