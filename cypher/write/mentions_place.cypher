// mentions_place: puts single mentions on other aliases, live and closed, and each keeps the alias that it had at first.
// $rows   LIST<MAP>  event (id), mention (id), alias (key), score (NULL: 1), live (those of the latest version alone)
// ->      placed INTEGER
// door:   split, reviews, pentad dedupe
// try:    MATCH (e:Event)-[m]->(x) WHERE m.alias0 IS NOT NULL RETURN e, m, x LIMIT 10
UNWIND $rows AS row
MATCH (a:Alias {key: row.alias})-[:NAMES]->(x:Entity)
MATCH (e:Event {id: row.event})-[m:WHO|WHAT|WHERE|WHEN|WHY]->(:Entity)
WHERE m.id = row.mention AND (m.kid IS NOT NULL OR NOT row.live)
WITH e, m, a, x, row.score AS score, coalesce(m.alias0, m.alias) AS first
CREATE (e)-[n:$(type(m))]->(x)
SET n = properties(m), n.alias = a.key, n.score = score, n.alias0 = CASE WHEN first <> a.key THEN first END,
    n.kid = CASE WHEN m.kid IS NULL THEN NULL ELSE x.kid END,
    n.aid = CASE WHEN m.kid IS NULL THEN NULL ELSE a.aid END,
    n.closed_kid = CASE WHEN m.kid IS NULL THEN x.kid END,
    n.closed_aid = CASE WHEN m.kid IS NULL THEN a.aid END
DELETE m
RETURN count(n) AS placed
