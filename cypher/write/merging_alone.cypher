// merging_alone: where no name is behind any more, entities are read by their own edges again.
// ->      alone INTEGER
// door:   merge, split, reviews, pentad dedupe, every start
// try:    MATCH (x:Entity) WHERE x.beside IS NOT NULL RETURN x.name
MATCH (x:Entity)
WHERE x.beside IS NOT NULL AND NOT EXISTS { MATCH (a:Alias) WHERE a.behind IS NOT NULL }
REMOVE x.beside
RETURN count(x) AS alone
