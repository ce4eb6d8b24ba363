// board_outbox_purge: drops the oldest outbox records that everybody has followed and that are old enough. Run until 0.
// $change  INTEGER         the newest change number that may go
// $before  ZONED DATETIME  only records from before this
// $limit   INTEGER         records at most
// ->       purged INTEGER
// door:    the purge (monthly)
// try:     MATCH (o:Outbox) RETURN min(o.change), max(o.change), min(o.at)
MATCH (o:Outbox)
WHERE o.change <= $change
WITH o ORDER BY o.change LIMIT $limit
WITH collect(o) AS oldest
// Up to the first that is to stay: a clock that was set back must not leave a gap.
WITH oldest, head([i IN range(0, size(oldest) - 1) WHERE oldest[i].at >= $before | i]) AS stays
UNWIND oldest[..coalesce(stays, size(oldest))] AS o
DELETE o
RETURN count(*) AS purged
