// ask_names: whom names of a question may mean, by all of a name or by how it begins, most mentioned first.
// $names     LIST<STRING>  normalised
// $begun     LIST<STRING>  normalised: names that begin with these words
// $limit     INTEGER       rows at most of each name
// ->         asked STRING, whole BOOLEAN (the name is all of the alias), rows LIST<MAP> of key, name, kind, mentions, alias
// door:      POST /api/ask
// try:       :params {names: ['pope francis'], begun: ['kim davis'], limit: 20}
CALL () {
  UNWIND $names AS asked
  MATCH (a:Alias {normalised: asked})-[:NAMES]->(x:Entity)
  WHERE x.mentions > 0
  RETURN asked, true AS whole, x, a
  UNION ALL
  UNWIND $begun AS asked
  CALL (asked) {
    MATCH (a:Alias)
    WHERE a.normalised STARTS WITH asked + ' '
    WITH a ORDER BY a.normalised LIMIT 200
    MATCH (a)-[:NAMES]->(x:Entity)
    WHERE x.mentions > 0
    RETURN x, a
  }
  RETURN asked, false AS whole, x, a
}
WITH asked, whole, x, collect(a.name)[0] AS alias
ORDER BY x.mentions DESC, x.key
WITH asked, whole, collect({key: x.key, name: x.name, kind: x.kind, mentions: x.mentions, alias: alias})[..$limit] AS rows
RETURN asked, whole, rows
