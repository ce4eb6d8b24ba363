// extraction_stats: how many entities of each kind there are, how many names they have, how sure pages name them.
// ->      kinds LIST<LIST> (kind, entities), aliases INTEGER, confidence FLOAT|NULL (mean over what pages name)
// door:   GET /api/entity-extraction/stats
// try:    MATCH (x:Entity) RETURN x.kind, count(*) ORDER BY count(*) DESC
CALL () {
  MATCH (x:Entity)
  WITH x.kind AS kind, count(x) AS n ORDER BY n DESC, kind
  RETURN collect([kind, n]) AS kinds
}
CALL () { MATCH (a:Alias) RETURN count(a) AS aliases }
CALL () { MATCH (:Document)-[n:NAMES_ENTITY]->(:Entity) RETURN avg(n.confidence) AS confidence }
RETURN kinds, aliases, confidence
