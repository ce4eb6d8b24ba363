// check_entities: a page of entities with what is stored of them beside what their edges say.
// $after  STRING   key of the last entity of the page before, empty at first
// $limit  INTEGER  entities at most
// ->      key, kid, mentions, first, last, version stored, live (edges), earliest, latest (epoch milliseconds),
//         astray (live edges with another kid), doubled (mention ids that one event has live twice), earliest_alias,
//         aliases, name, foremost (what it should be called by write/entity_names, null where it has one name)
// door:   pentad check
// try:    :params {after: '', limit: 10}
MATCH (x:Entity)
WHERE x.key > $after
WITH x ORDER BY x.key LIMIT $limit
CALL (x) {
  MATCH (x)<-[m:WHO|WHAT|WHERE|WHEN|WHY]-(e:Event)
  WHERE m.kid IS NOT NULL
  RETURN count(m) AS live, min(m.ts) AS earliest, max(m.ts) AS latest, count(DISTINCT e.id + m.id) AS different,
         sum(CASE WHEN m.kid <> x.kid OR m.ts <> e.ts THEN 1 ELSE 0 END) AS astray
}
CALL (x) {
  MATCH (a:Alias)-[:NAMES]->(x)
  WITH a ORDER BY a.born
  RETURN collect(a.key)[0] AS earliest_alias, count(a) AS aliases
}
CALL (x) {
  MATCH (a:Alias)-[:NAMES]->(x)
  WITH x, a
  ORDER BY CASE WHEN x.naming = 'most_complete' THEN size(a.name) ELSE 0 END DESC, coalesce(a.mentions, 0) DESC, a.born
  WITH collect(DISTINCT a.name) AS names
  RETURN CASE WHEN size(names) > 1 THEN names[0] END AS foremost
}
RETURN x.key AS key, x.kid AS kid, x.mentions AS mentions, x.first_seen.epochMillis AS first,
       x.last_seen.epochMillis AS last, live, earliest, latest, astray, live - different AS doubled,
       earliest_alias, aliases, x.name AS name, foremost
