// alias_move: lets aliases name other entities. Their mention edges follow by `mentions_follow`.
// $rows    LIST<MAP>  alias (key), entity (key)
// $change  INTEGER    change number of the batch
// ->       moved INTEGER
// door:    merge, split and whatever decides a name anew
// try:     MATCH (a:Alias)-[n:NAMES]->(x:Entity) RETURN a, n, x LIMIT 25
UNWIND $rows AS row
MATCH (a:Alias {key: row.alias})-[n:NAMES]->(:Entity)
MATCH (x:Entity {key: row.entity})
DELETE n
CREATE (a)-[:NAMES]->(x)
SET a.change = $change
RETURN count(a) AS moved
