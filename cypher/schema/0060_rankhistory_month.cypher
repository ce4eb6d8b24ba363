// 0060_rankhistory_month: rank histories by month: old ones are purged.
CREATE INDEX rankhistory_month IF NOT EXISTS
FOR (n:RankHistory) ON (n.month)
