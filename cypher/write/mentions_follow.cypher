// mentions_follow: mention edges of an alias, live and closed, brought to the entity that it names now. Run until 0.
// $alias  STRING   alias key
// $limit  INTEGER  edges of each W and state at most, 1..1000
// ->      moved INTEGER
// door:   merge, split and whatever decides a name anew
// try:    :params {alias: '9f2c…', limit: 1000}
MATCH (a:Alias {key: $alias})-[:NAMES]->(x:Entity)
MATCH (e:Event)-[m:WHO]->(o:Entity)
USING INDEX SEEK m:WHO(aid, ts)
WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
WITH e, m, x LIMIT $limit
CREATE (e)-[n:WHO]->(x)
SET n = properties(m), n.kid = x.kid
DELETE m
RETURN count(n) AS moved
UNION ALL
MATCH (a:Alias {key: $alias})-[:NAMES]->(x:Entity)
MATCH (e:Event)-[m:WHO]->(o:Entity)
USING INDEX SEEK m:WHO(closed_aid, ts)
WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
WITH e, m, x LIMIT $limit
CREATE (e)-[n:WHO]->(x)
SET n = properties(m), n.closed_kid = x.kid
DELETE m
RETURN count(n) AS moved
UNION ALL
MATCH (a:Alias {key: $alias})-[:NAMES]->(x:Entity)
MATCH (e:Event)-[m:WHAT]->(o:Entity)
USING INDEX SEEK m:WHAT(aid, ts)
WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
WITH e, m, x LIMIT $limit
CREATE (e)-[n:WHAT]->(x)
SET n = properties(m), n.kid = x.kid
DELETE m
RETURN count(n) AS moved
UNION ALL
MATCH (a:Alias {key: $alias})-[:NAMES]->(x:Entity)
MATCH (e:Event)-[m:WHAT]->(o:Entity)
USING INDEX SEEK m:WHAT(closed_aid, ts)
WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
WITH e, m, x LIMIT $limit
CREATE (e)-[n:WHAT]->(x)
SET n = properties(m), n.closed_kid = x.kid
DELETE m
RETURN count(n) AS moved
UNION ALL
MATCH (a:Alias {key: $alias})-[:NAMES]->(x:Entity)
MATCH (e:Event)-[m:WHERE]->(o:Entity)
USING INDEX SEEK m:WHERE(aid, ts)
WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
WITH e, m, x LIMIT $limit
CREATE (e)-[n:WHERE]->(x)
SET n = properties(m), n.kid = x.kid
DELETE m
RETURN count(n) AS moved
UNION ALL
MATCH (a:Alias {key: $alias})-[:NAMES]->(x:Entity)
MATCH (e:Event)-[m:WHERE]->(o:Entity)
USING INDEX SEEK m:WHERE(closed_aid, ts)
WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
WITH e, m, x LIMIT $limit
CREATE (e)-[n:WHERE]->(x)
SET n = properties(m), n.closed_kid = x.kid
DELETE m
RETURN count(n) AS moved
UNION ALL
MATCH (a:Alias {key: $alias})-[:NAMES]->(x:Entity)
MATCH (e:Event)-[m:WHEN]->(o:Entity)
USING INDEX SEEK m:WHEN(aid, ts)
WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
WITH e, m, x LIMIT $limit
CREATE (e)-[n:WHEN]->(x)
SET n = properties(m), n.kid = x.kid
DELETE m
RETURN count(n) AS moved
UNION ALL
MATCH (a:Alias {key: $alias})-[:NAMES]->(x:Entity)
MATCH (e:Event)-[m:WHEN]->(o:Entity)
USING INDEX SEEK m:WHEN(closed_aid, ts)
WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
WITH e, m, x LIMIT $limit
CREATE (e)-[n:WHEN]->(x)
SET n = properties(m), n.closed_kid = x.kid
DELETE m
RETURN count(n) AS moved
UNION ALL
MATCH (a:Alias {key: $alias})-[:NAMES]->(x:Entity)
MATCH (e:Event)-[m:WHY]->(o:Entity)
USING INDEX SEEK m:WHY(aid, ts)
WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
WITH e, m, x LIMIT $limit
CREATE (e)-[n:WHY]->(x)
SET n = properties(m), n.kid = x.kid
DELETE m
RETURN count(n) AS moved
UNION ALL
MATCH (a:Alias {key: $alias})-[:NAMES]->(x:Entity)
MATCH (e:Event)-[m:WHY]->(o:Entity)
USING INDEX SEEK m:WHY(closed_aid, ts)
WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key AND o <> x
WITH e, m, x LIMIT $limit
CREATE (e)-[n:WHY]->(x)
SET n = properties(m), n.closed_kid = x.kid
DELETE m
RETURN count(n) AS moved
