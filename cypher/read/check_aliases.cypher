// check_aliases: a page of aliases with the entity each names and the edges that stand on it.
// $after  STRING   key of the last alias of the page before, empty at first
// $limit  INTEGER  aliases at most
// ->      key, aid, family, normalised, discriminator, mentions stored, entities (that it names), live (edges),
//         astray (edges, closed ones too, that lead to another entity or carry another aid)
// door:   pentad check
// try:    :params {after: '', limit: 10}
MATCH (a:Alias)
WHERE a.key > $after
WITH a ORDER BY a.key LIMIT $limit
CALL (a) {
  OPTIONAL MATCH (a)-[:NAMES]->(x:Entity)
  RETURN count(x) AS entities, collect(x)[0] AS holder
}
CALL (a, holder) {
  MATCH (:Event)-[m:WHO]->(o)
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN count(m) AS live, sum(CASE WHEN o <> holder THEN 1 ELSE 0 END) AS astray
  UNION ALL
  MATCH (:Event)-[m:WHO]->(o)
  USING INDEX SEEK m:WHO(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 0 AS live, sum(CASE WHEN o <> holder THEN 1 ELSE 0 END) AS astray
  UNION ALL
  MATCH (:Event)-[m:WHAT]->(o)
  USING INDEX SEEK m:WHAT(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN count(m) AS live, sum(CASE WHEN o <> holder THEN 1 ELSE 0 END) AS astray
  UNION ALL
  MATCH (:Event)-[m:WHAT]->(o)
  USING INDEX SEEK m:WHAT(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 0 AS live, sum(CASE WHEN o <> holder THEN 1 ELSE 0 END) AS astray
  UNION ALL
  MATCH (:Event)-[m:WHERE]->(o)
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN count(m) AS live, sum(CASE WHEN o <> holder THEN 1 ELSE 0 END) AS astray
  UNION ALL
  MATCH (:Event)-[m:WHERE]->(o)
  USING INDEX SEEK m:WHERE(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 0 AS live, sum(CASE WHEN o <> holder THEN 1 ELSE 0 END) AS astray
  UNION ALL
  MATCH (:Event)-[m:WHEN]->(o)
  USING INDEX SEEK m:WHEN(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN count(m) AS live, sum(CASE WHEN o <> holder THEN 1 ELSE 0 END) AS astray
  UNION ALL
  MATCH (:Event)-[m:WHEN]->(o)
  USING INDEX SEEK m:WHEN(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 0 AS live, sum(CASE WHEN o <> holder THEN 1 ELSE 0 END) AS astray
  UNION ALL
  MATCH (:Event)-[m:WHY]->(o)
  USING INDEX SEEK m:WHY(aid, ts)
  WHERE m.aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN count(m) AS live, sum(CASE WHEN o <> holder THEN 1 ELSE 0 END) AS astray
  UNION ALL
  MATCH (:Event)-[m:WHY]->(o)
  USING INDEX SEEK m:WHY(closed_aid, ts)
  WHERE m.closed_aid = a.aid AND m.ts IS NOT NULL AND m.alias = a.key
  RETURN 0 AS live, sum(CASE WHEN o <> holder THEN 1 ELSE 0 END) AS astray
}
RETURN a.key AS key, a.aid AS aid, a.family AS family, a.normalised AS normalised, a.discriminator AS discriminator,
       a.mentions AS mentions, entities, sum(live) AS live, sum(astray) AS astray
