// watch_touched: the entities whose names were founded or moved in some changes.
// $from  INTEGER  after this change
// $to    INTEGER  up to this change
// ->     keys LIST<STRING> (entity keys)
// door:  what follows the change feed for watches
// try:   :params {from: 0, to: 10}
MATCH (a:Alias)
WHERE a.change > $from AND a.change <= $to
MATCH (a)-[:NAMES]->(x:Entity)
RETURN collect(DISTINCT x.key) AS keys
