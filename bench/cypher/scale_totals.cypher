// scale_totals: how many aliases, entities and events there are.
// ->     aliases INTEGER, entities INTEGER, events INTEGER
// door:  make bench
// try:   MATCH (a:Alias) RETURN count(a)
RETURN COUNT { MATCH (a:Alias) } AS aliases, COUNT { MATCH (x:Entity) } AS entities, COUNT { MATCH (e:Event) } AS events
