// extraction: what was read in pages by kind: how many names of how many entities, and how sure that was on average.
// ->      kind STRING, entities INTEGER, names INTEGER, pages INTEGER, confidence FLOAT
// door:   GET /api/entity-extraction/stats
// try:    MATCH (d:Document)-[n:NAMES_ENTITY]->(x:Entity) RETURN d, n, x LIMIT 25
MATCH (d:Document)-[n:NAMES_ENTITY]->(x:Entity)
RETURN x.kind AS kind, count(DISTINCT x) AS entities, count(n) AS names, count(DISTINCT d) AS pages,
       round(avg(n.confidence), 3) AS confidence
ORDER BY names DESC
