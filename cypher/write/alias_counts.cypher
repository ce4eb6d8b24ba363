// alias_counts: counts of aliases set to what was counted anew.
// $rows   LIST<MAP>  key, mentions, first, last (epoch milliseconds or NULL)
// ->      touched INTEGER
// door:   new versions, splits
// try:    MATCH (a:Alias) WHERE a.mentions = 0 RETURN a LIMIT 10
UNWIND $rows AS row
MATCH (a:Alias {key: row.key})
SET a.mentions = row.mentions, 
    a.first_seen = CASE WHEN row.first IS NULL THEN NULL ELSE datetime({epochMillis: row.first}) END,
    a.last_seen = CASE WHEN row.last IS NULL THEN NULL ELSE datetime({epochMillis: row.last}) END
RETURN count(a) AS touched
