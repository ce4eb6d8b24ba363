// merging_behind: names whose mentions still follow, or that have all arrived and only wait to be counted.
// $arrived  BOOLEAN  which of the two
// $limit    INTEGER  names at most
// ->        alias STRING, entity STRING, behind LIST<STRING> entity keys, mentions INTEGER, since INTEGER: change number that left it behind
// door:     merge, split, reviews, pentad dedupe, every start
// try:      :params {arrived: false, limit: 100}
MATCH (a:Alias)-[:NAMES]->(x:Entity)
WHERE a.behind IS NOT NULL AND coalesce(a.arrived, false) = $arrived
RETURN a.key AS alias, x.key AS entity, a.behind AS behind, coalesce(a.mentions, 0) AS mentions, a.change AS since
LIMIT $limit
