// merging_arrived: names all of whose mentions are at the entity that they name.
// $aliases  LIST<STRING>  alias keys
// ->        arrived INTEGER
// door:     merge, split, reviews, pentad dedupe, every start
// try:      MATCH (a:Alias) WHERE a.arrived RETURN a.name, a.behind
UNWIND $aliases AS key
MATCH (a:Alias {key: key})
SET a.arrived = true
RETURN count(a) AS arrived
