// merging_follow: mention edges of aliases, live and closed, brought to the entities that they name now. Run until fewer than $limit moved.
// $aliases  LIST<STRING>  alias keys
// $limit    INTEGER       edges at most, 1..1000
// ->        moved INTEGER
// door:     merge, split, reviews, pentad dedupe
// try:      :params {aliases: ['9f2c…'], limit: 1000}
UNWIND $aliases AS key
MATCH (a:Alias {key: key})-[:NAMES]->(x:Entity)
CALL (a, x) {
  MATCH (e:Event)-[m:WHO]->(o:Entity)
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
  RETURN e, m LIMIT $limit
  UNION ALL
  MATCH (e:Event)-[m:WHO]->(o:Entity)
  USING INDEX SEEK m:WHO(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
  RETURN e, m LIMIT $limit
  UNION ALL
  MATCH (e:Event)-[m:WHAT]->(o:Entity)
  USING INDEX SEEK m:WHAT(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
  RETURN e, m LIMIT $limit
  UNION ALL
  MATCH (e:Event)-[m:WHAT]->(o:Entity)
  USING INDEX SEEK m:WHAT(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
  RETURN e, m LIMIT $limit
  UNION ALL
  MATCH (e:Event)-[m:WHERE]->(o:Entity)
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
  RETURN e, m LIMIT $limit
  UNION ALL
  MATCH (e:Event)-[m:WHERE]->(o:Entity)
  USING INDEX SEEK m:WHERE(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
  RETURN e, m LIMIT $limit
  UNION ALL
  MATCH (e:Event)-[m:WHEN]->(o:Entity)
  USING INDEX SEEK m:WHEN(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
  RETURN e, m LIMIT $limit
  UNION ALL
  MATCH (e:Event)-[m:WHEN]->(o:Entity)
  USING INDEX SEEK m:WHEN(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
  RETURN e, m LIMIT $limit
  UNION ALL
  MATCH (e:Event)-[m:WHY]->(o:Entity)
  USING INDEX SEEK m:WHY(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
  RETURN e, m LIMIT $limit
  UNION ALL
  MATCH (e:Event)-[m:WHY]->(o:Entity)
  USING INDEX SEEK m:WHY(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
  RETURN e, m LIMIT $limit
}
WITH e, m, x LIMIT $limit
CREATE (e)-[n:$(type(m))]->(x)
SET n = properties(m),
    n.kid = CASE WHEN m.kid IS NULL THEN NULL ELSE x.kid END,
    n.closed_kid = CASE WHEN m.kid IS NULL THEN x.kid END
DELETE m
RETURN count(n) AS moved
