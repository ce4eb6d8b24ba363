// profile_texts: what is told of some entities, to be read as one text each.
// $keys    LIST<STRING>  keys of the entities themselves
// $titles  INTEGER       titles of newest events, a W
// ->       key, name, kind STRING, aliases, roles LIST<STRING>, version, mentions INTEGER, attributes MAP, titles LIST<STRING>
// door:    the profiles of entities (every 15 minutes)
// try:     :params {keys: ['9f2c…'], titles: 12}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
CALL (x) {
  MATCH (e)-[m:WHO]->(y)
  USING INDEX SEEK m:WHO(kid, ts, id)
  WHERE m.kid = CASE WHEN 'WHO' IN x.ws THEN x.kid END AND m.ts IS NOT NULL AND m.id IS NOT NULL AND y = x
  WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $titles
  RETURN collect(e.title) AS who
}
CALL (x) {
  MATCH (e)-[m:WHERE]->(y)
  USING INDEX SEEK m:WHERE(kid, ts, id)
  WHERE m.kid = CASE WHEN 'WHERE' IN x.ws THEN x.kid END AND m.ts IS NOT NULL AND m.id IS NOT NULL AND y = x
  WITH e, m ORDER BY m.kid DESC, m.ts DESC LIMIT $titles
  RETURN collect(e.title) AS at
}
RETURN x.key AS key, x.name AS name, x.kind AS kind, coalesce(x.aliases, []) AS aliases, coalesce(x.roles, []) AS roles,
       coalesce(x.version, 1) AS version, x.mentions AS mentions, properties(x) AS attributes, who + at AS titles
