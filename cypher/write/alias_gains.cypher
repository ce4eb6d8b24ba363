// alias_gains: what a batch adds to the counts of aliases.
// $rows   LIST<MAP>  key, mentions, first, last (epoch milliseconds)
// ->      touched INTEGER
// door:   every ingest
// try:    MATCH (a:Alias) RETURN a.name, a.mentions ORDER BY a.mentions DESC LIMIT 10
UNWIND $rows AS row
MATCH (a:Alias {key: row.key})
SET a.mentions = coalesce(a.mentions, 0) + row.mentions,
    a.first_seen = CASE WHEN a.first_seen IS NULL OR datetime({epochMillis: row.first}) < a.first_seen
                        THEN datetime({epochMillis: row.first}) ELSE a.first_seen END,
    a.last_seen = CASE WHEN a.last_seen IS NULL OR datetime({epochMillis: row.last}) > a.last_seen
                       THEN datetime({epochMillis: row.last}) ELSE a.last_seen END
RETURN count(a) AS touched
