// entity_counts: counts, times, roles and W's of entities set to what was counted anew.
// $rows   LIST<MAP>  key, props (mentions, roles, role_counts, ws), first, last (epoch milliseconds or NULL)
// ->      touched INTEGER
// door:   new versions, merges, splits
// try:    MATCH (x:Entity) RETURN x.name, x.mentions, x.roles ORDER BY x.mentions DESC LIMIT 10
UNWIND $rows AS row
MATCH (x:Entity {key: row.key})
SET x += row.props,
    x.first_seen = CASE WHEN row.first IS NULL THEN NULL ELSE datetime({epochMillis: row.first}) END,
    x.last_seen = CASE WHEN row.last IS NULL THEN NULL ELSE datetime({epochMillis: row.last}) END
RETURN count(x) AS touched
