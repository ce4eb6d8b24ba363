// merging_settled: names that arrived are behind no more.
// $aliases  LIST<STRING>  alias keys
// ->        settled INTEGER
// door:     merge, split, reviews, pentad dedupe, every start
// try:      MATCH (a:Alias) WHERE a.behind IS NOT NULL RETURN a.name, a.behind
UNWIND $aliases AS key
MATCH (a:Alias {key: key})
REMOVE a.behind, a.arrived
RETURN count(a) AS settled
